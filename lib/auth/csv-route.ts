import 'server-only';
import { jsonRoute } from './json-route';
import type { PageContext } from './require-page-context';

type Pieces = Iterable<string> | AsyncIterable<string>;
export type CsvFile = {
  readonly filename: string;
  /** CSV unless told. */
  readonly contentType?: string;
  readonly pieces: Pieces;
};

function toStream(pieces: Pieces): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator =
    Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await iterator.return?.();
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
      'content-type': file.contentType ?? 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.filename}"`,
      'cache-control': 'no-store',
    },
  });
}
