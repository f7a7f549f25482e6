/** How Keyward reaches people outside the console. */
export type Messaging = {
  /** The address that links begin with: an origin without a trailing slash. */
  readonly publicUrl: string;
  /** Null where no mail server is set: nothing goes out by email. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
};
