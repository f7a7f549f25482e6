import { ProviderError } from '../provider-error';

/** A base URL without trailing slashes, query or fragment; throws `invalid_request` on what is no http(s) address. */
export function normaliseBaseUrl(text: string): string {
  if (!URL.canParse(text.trim())) throw new ProviderError('invalid_request', 'read base URL');
  const { protocol, origin, pathname } = new URL(text.trim());
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new ProviderError('invalid_request', 'read base URL');
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
