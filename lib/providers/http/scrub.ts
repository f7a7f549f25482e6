const MAX_LENGTH = 200;
const HIDDEN = '[hidden]';

const KEY_LIKE = [
  /bearer\s+[^\s"',;]+/gi,
  /\b(?:sk|pk|rqsty|rqy)-[\w.+/=-]{6,}/gi,
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?/g,
  /[A-Za-z0-9+/_]{32,}={0,2}/g,
];

/** A vendor's sentence made fit to be shown: nothing key-like in it, one line, at most 200 characters. */
export function scrub(text: string, managementKey: string): string {
  let clean = managementKey === '' ? text : text.replaceAll(managementKey, HIDDEN);
  for (const pattern of KEY_LIKE) clean = clean.replace(pattern, HIDDEN);
  clean = clean.replace(/\s+/g, ' ').trim();
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}
