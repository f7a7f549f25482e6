const HEADING = 'main h1';
/** What a page shows in place of what is still on its way. */
export const ON_ITS_WAY = '[aria-busy=true], main .animate-breathe';

/**
 * Each page, what stands there when it can be used, and what must be gone by then.
 * @type {readonly (readonly [path: string, selector: string, not?: string])[]}
 */
export const pages = [
  ['/', HEADING],
  ['/keys', '[data-key-id]', '[aria-busy=true]'],
  ['/keys?q=checkout-prod&team=9', '[data-key-id]', '[aria-busy=true]'],
  ['/keys/1', 'figure svg'],
  ['/keys/bulk', HEADING],
  ['/spend', 'figure svg'],
  ['/spend?by=key', 'figure svg'],
  ['/teams', HEADING],
  ['/teams/1', HEADING],
  ['/teams/left', HEADING],
  ['/teams/rules', HEADING],
  ['/requests', HEADING],
  ['/requests/new', HEADING],
  ['/hand-overs', HEADING],
  ['/changes', HEADING],
  ['/drift', HEADING],
  ['/audit', HEADING],
  ['/connections', HEADING],
  ['/connections/1', HEADING],
  ['/members', HEADING],
  ['/notifications', HEADING],
  ['/settings/requests', HEADING],
  ['/settings/webhooks', HEADING],
  ['/account', HEADING],
];
