import type { RequestySwitches } from './switches';

export type ErrorOrigin = 'router' | 'provider';

/** A refusal that the API answers with `{"error":{"origin","message"}}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly origin: ErrorOrigin = 'router',
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ApiError(400, message);

export const notFound = (message: string) => new ApiError(404, message);

/** Renders an error in the form that the generation's `errorBody` switch asks for. */
export function renderError(error: ApiError, form: RequestySwitches['errorBody']): Response {
  const { status, message, origin } = error;
  switch (form) {
    case 'object':
      return Response.json({ error: { origin, message } }, { status });
    case 'object-without-origin':
      return Response.json({ error: { message } }, { status });
    case 'string':
      return Response.json({ error: message }, { status });
    case 'text':
      return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    case 'html':
      return new Response(`<html><body><h1>${status}</h1><p>${message}</p></body></html>`, {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    case 'empty':
      return new Response(null, { status });
  }
}
