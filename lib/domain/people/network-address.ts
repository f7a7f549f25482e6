/**
 * The address that tries to sign in are counted against: an IPv4 address, or the first 64 bits of an IPv6 one,
 * of which one customer has a whole network. Null when the text is neither.
 */
export function throttleAddress(text: string | null): string | null {
  const address = (text ?? '')
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (mapped) return mapped.split('.').every((part) => Number(part) <= 255) ? mapped : null;
  if (!/^[0-9a-f:]+$/.test(address) || !address.includes(':')) return null;
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return null;
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * Who is at the other end: the connection's own address, or behind `hops` trusted reverse proxies the entry that
 * the outermost of them appended to X-Forwarded-For. Entries before it are the client's own words.
 */
export function clientAddress(peer: string | null, forwardedFor: string | null, hops: number): string | null {
  if (hops === 0) return peer === null || peer === '' ? null : peer;
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const entry = entries.at(-hops);
  return entry === undefined || entry === '' ? null : entry.slice(0, 64);
}
