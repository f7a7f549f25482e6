import type { RequestySwitches } from './switches';

/** A success without content: 204, or 200 with an empty body or (by switch) an empty object. */
export function emptySuccess(status: 200 | 204, form: RequestySwitches['emptySuccessBody']): Response {
  if (status === 200 && form === 'object') return Response.json({}, { status });
  return new Response(null, { status });
}
