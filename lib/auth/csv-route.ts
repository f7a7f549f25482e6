import 'server-only';
import { jsonRoute } from './json-route';
import type { PageContext } from './require-page-context';

type Piece = string | Uint8Array;
type Pieces = Iterable<Piece> | AsyncIterable<Piece>;
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
      else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
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
