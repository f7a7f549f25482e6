import type { PoolClient } from 'pg';
import { Fault } from '../fault.mjs';
import { type Column, sqlColumns, sqlTable } from './keyward-tables';
import type { RowLoader } from './row-loader';

const ROWS_A_PIECE = 2_000;
const PIECE_CHARACTERS = 4 * 1_024 * 1_024;

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The values of a row in COPY text format. */
export function parseCopyLine(line: string): (string | null)[] {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null;
    if (!field.includes('\\')) return field;
    return field.replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
  });
}

/** Rows through ordinary statements, many at once: each column goes over as one array of its type. */
export function loadByInsert(client: PoolClient, table: string, columns: readonly Column[]): RowLoader {
  const arrayed = columns.find(({ type }) => type.endsWith('[]'));
  if (arrayed)
    throw new Fault(`The column ${table}.${arrayed.name} holds arrays, which cannot be restored here.`);
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `insert into ${sqlTable(table)} (${sqlColumns(columns.map(({ name }) => name))})
    overriding system value select * from unnest(${arrays})`;
  let values: (string | null)[][] = columns.map(() => []);
  let rows = 0;
  let size = 0;
  const flush = async () => {
    if (rows === 0) return;
    await client.query(text, values);
    values = columns.map(() => []);
    rows = 0;
    size = 0;
  };
  return {
    async add(line) {
      const fields = parseCopyLine(line);
      if (fields.length !== columns.length)
        throw new Fault(`A row of ${table} has the wrong number of values.`);
      for (const [index, field] of fields.entries()) values[index]?.push(field);
      rows += 1;
      size += line.length;
      if (rows >= ROWS_A_PIECE || size >= PIECE_CHARACTERS) await flush();
    },
    end: flush,
    abort: async () => undefined,
  };
}
