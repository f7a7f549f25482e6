import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { issueText } from '../shared/wire';

/** An answer in OpenRouter's error envelope. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
    readonly metadata?: Record<string, unknown>,
  ) {
    super(message);
  }

  body(userId: string | null): Record<string, unknown> {
    const metadata = this.metadata ? { metadata: this.metadata } : {};
    return {
      error: { message: this.message, code: this.status, ...metadata },
      ...(userId === null ? {} : { user_id: userId }),
    };
  }
}

export const unauthenticated = (): ApiError => new ApiError(401, 'Missing Authentication header');

/** Also for expired, disabled and deleted keys, and for a management key that tries inference. */
export const unknownCaller = (): ApiError => new ApiError(401, 'User not found.');

export const managementOnly = (): ApiError =>
  new ApiError(403, 'Only management keys can perform this operation');

export const notFound = (what: string): ApiError => new ApiError(404, `${what} not found`);

export const badRequest = (message: string): ApiError => new ApiError(400, message);

/** Parses at the border; a fault becomes a 400 with zod's own text behind the path. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badRequest(issueText(parsed.error));
  return parsed.data;
}
