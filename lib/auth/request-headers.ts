/** Set on requests by the proxy, whatever the client sent: path and query of the page. */
export const PATH_HEADER = 'x-keyward-path';
/** Set on requests by the proxy: the nonce of this page's scripts and styles. */
export const NONCE_HEADER = 'x-nonce';
