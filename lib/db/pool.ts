import 'server-only';
import pg from 'pg';
import { log } from '@/lib/utils/log';

export type PoolSettings = {
  url: string;
  kind: 'embedded' | 'server';
  /** So long a query waits for a connection; 10 seconds unless given. */
  waitMs?: number;
};

const { builtins } = pg.types;
// PostgreSQL's `bigint[]`, read here in one dimension; pg-types has no name for it.
const INT8_ARRAY = 1016;

/** @throws {RangeError} for a value that a number cannot hold exactly. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for an exact number`);
  return value;
}

function parseInt8Array(text: string): (number | null)[] {
  const items = text.slice(1, -1).split(',');
  return text === '{}' ? [] : items.map((item) => (item === 'NULL' ? null : parseInt8(item)));
}

function parseAsText(text: string): string {
  return text;
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  [INT8_ARRAY, parseInt8Array],
  [builtins.NUMERIC, parseAsText],
  [builtins.DATE, parseAsText],
  [builtins.TIMESTAMPTZ, pg.types.getTypeParser(builtins.TIMESTAMPTZ)],
]);

/** bigint is a number (an unsafe one throws), numeric a string, date 'YYYY-MM-DD', timestamptz a Date. */
function withParsers(others: pg.CustomTypesConfig): pg.CustomTypesConfig {
  return {
    getTypeParser: (id, format) =>
      (format === 'binary' ? undefined : parsers.get(id)) ?? others.getTypeParser(id, format),
  };
}

function isQueryWithTypes(query: unknown): query is { types: pg.CustomTypesConfig } {
  return (
    typeof query === 'object' &&
    query !== null &&
    'types' in query &&
    typeof query.types === 'object' &&
    !('submit' in query)
  );
}

/**
 * Reads the same column types for drizzle's queries, which carry their own parsers, as for plain ones.
 * Not named after a pool: drizzle takes any client whose class name says so for one.
 */
class ParsingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const inherited = this.query;
    const query = (first: unknown, ...rest: unknown[]): unknown => {
      const read = isQueryWithTypes(first) ? { ...first, types: withParsers(first.types) } : first;
      return Reflect.apply(inherited, this, [read, ...rest]);
    };
    Object.defineProperty(this, 'query', { value: query });
  }
}

/**
 * One pool of connections, all in UTC. The embedded database has one session, so it gets one connection: a use
 * of the pool inside one's own transaction then fails after 10 s instead of hanging.
 */
export function createPool(settings: PoolSettings): pg.Pool {
  const isEmbedded = settings.kind === 'embedded';
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: isEmbedded ? 1 : 10,
    connectionTimeoutMillis: settings.waitMs ?? 10_000,
    idleTimeoutMillis: isEmbedded ? 0 : 30_000,
    keepAlive: true,
    application_name: 'keyward',
    types: withParsers(pg.types),
    Client: ParsingClient,
    // Compiling a statement costs more than it gains for any that a page waits for.
    onConnect: (client) => client.query("set time zone 'UTC'; set jit = off"),
  });
  pool.on('error', (error) => log.warn({ err: error }, 'An idle database connection was lost'));
  return pool;
}
