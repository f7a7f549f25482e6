import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { addUsd, type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';

export function sumOf(amounts: readonly Usd[]): Usd {
  return addUsd(ZERO_USD, ...amounts);
}

/** What the facts themselves add up to. */
export async function factsTotal(db: Database, from: string, to: string, where = sql`true`): Promise<Usd> {
  const { rows } = await db.execute<{ spend: string }>(
    sql`select coalesce(sum(spend), 0)::text as spend from usage_facts where day between ${from} and ${to} and ${where}`,
  );
  return usd(rows[0]?.spend ?? '');
}

/** The lines of an export by their headings; none of its cells may need quotes. */
export async function readCsv(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<Record<string, string>[]> {
  let text = '';
  for await (const piece of pieces) text += piece;
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}
