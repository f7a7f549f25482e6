import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import pg from 'pg';
import * as schema from '@/lib/db/schema';

/** A table's name in SQL; every table of Keyward stands in the schema `public`. */
export function sqlTable(table: string): string {
  return `public.${pg.escapeIdentifier(table)}`;
}

export function sqlColumns(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}

/** What a read puts aside until its end: the one table that the schema does not know, and no backup holds. */
export const UNLOGGED_TABLES: readonly string[] = ['key_stage'];

/** The tables of this version of Keyward. The job queue's own are not among them: it fills itself. */
export function knownTables(): ReadonlySet<string> {
  const exported: unknown[] = Object.values(schema);
  return new Set(exported.filter((one) => is(one, PgTable)).map((table) => getTableConfig(table).name));
}

async function listRelations(client: PoolClient, persistence: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and strpos($1, c.relpersistence::text) > 0 order by c.relname`,
    [persistence],
  );
  return rows.map(({ name }) => name);
}

/** Every table in the schema `public`, whoever made it. */
export const listEveryTable = (client: PoolClient) => listRelations(client, 'pu');

/** Those of them that keep what they hold: a backup leaves out unlogged ones. */
export const listTables = (client: PoolClient) => listRelations(client, 'p');

export type Column = { readonly name: string; readonly type: string };

/** The columns that hold what was written, in their order; generated ones compute themselves. */
export async function listColumns(client: PoolClient, table: string): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [sqlTable(table)],
  );
  return rows;
}

export type Identity = { readonly table: string; readonly column: string; readonly sequence: string };

export async function listIdentities(client: PoolClient): Promise<readonly Identity[]> {
  const { rows } = await client.query<Identity>(
    `select c.relname as table, a.attname as column,
       pg_get_serial_sequence(format('public.%I', c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''
     order by c.relname`,
  );
  return rows;
}

export async function countRows(client: PoolClient, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${sqlTable(table)}`);
  return rows[0]?.count ?? 0;
}
