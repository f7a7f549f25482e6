import { normaliseBaseUrl } from '../http/base-url';

/** The address below which `/v1/manage` lies, whether or not it was typed with a part of that. */
export function requestyBaseUrl(text: string): string {
  return normaliseBaseUrl(text).replace(/(\/v1)?(\/manage)?$/, '');
}
