import type { z } from 'zod';
import { ProviderError } from '../provider-error';

type QueryValue = string | number | boolean | readonly string[] | undefined;

export type HttpRequest = {
  /** What is being done, for the error: `list keys`. Never holds an id or a secret. */
  readonly operation: string;
  /** Below the base URL, with a leading slash; ids in it come from `segment`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | undefined;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: unknown;
  /** Whether the vendor limits this call apart from all others: a 429 then pauses only this call. */
  readonly hasOwnRate?: boolean | undefined;
};

export type ReadRequest<Schema extends z.ZodType> = HttpRequest & { readonly schema: Schema };

/** An id made safe as one segment of a path; throws `invalid_request` on one that would leave it. */
export function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new ProviderError('invalid_request', 'use id');
  return encodeURIComponent(id);
}

/** The URL of a request below the base; lists repeat their parameter, undefined is left out. */
export function urlOf(baseUrl: string, { path, query = {} }: HttpRequest): URL {
  const url = new URL(`${baseUrl}${path}`);
  for (const [name, value] of Object.entries(query)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
    for (const item of values) url.searchParams.append(name, item);
  }
  return url;
}
