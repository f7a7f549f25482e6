import 'server-only';
import { jsonRoute } from './json-route';
import type { PageContext } from './require-page-context';

export type CsvFile = { readonly filename: string; readonly pieces: Iterable<string> };

function toStream(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const next = iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel() {
      iterator.return?.();
    },
  });
}

/** Like `jsonRoute`, but answers the verb's file as a download in pieces; a refusal is told as JSON. */
export async function csvRoute(verb: (context: PageContext) => Promise<CsvFile>): Promise<Response> {
  const files: CsvFile[] = [];
  const answer = await jsonRoute(async (context) => {
    files.push(await verb(context));
  });
  const [file] = files;
  if (!file) return answer;
  return new Response(toStream(file.pieces), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.filename}"`,
      'cache-control': 'no-store',
    },
  });
}
