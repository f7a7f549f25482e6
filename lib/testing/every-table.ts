import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';

/** Every row of every table of ours, whatever its schema, as text; bytes are there as hexadecimal digits. */
export async function textOfEveryTable(db: Database): Promise<string> {
  const { rows: tables } = await db.execute<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        order by 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.execute<{ text: string | null }>(
      sql.raw(`select string_agg(row_to_json(t)::text, E'\\n') as text from ${name} t`),
    );
    parts.push(`${name}\n${rows[0]?.text ?? ''}`);
  }
  return parts.join('\n');
}

/** The ways in which a text could stand in a dump: as it is, as bytes, in base64 of any alignment. */
export function disguisesOf(secret: string): readonly string[] {
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${secret}`, 'utf8')
      .toString('base64')
      .slice(4, -4),
  );
  return [secret, hex, ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
