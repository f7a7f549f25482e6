type ArrayItem = string | number | boolean | Date | null | undefined;

const NEEDS_ESCAPE = /[\\"]/;
const ESCAPED = /[\\"]/g;

function literalOf(item: ArrayItem): string {
  if (item === null || item === undefined) return 'NULL';
  if (typeof item === 'string') return `"${NEEDS_ESCAPE.test(item) ? item.replace(ESCAPED, '\\$&') : item}"`;
  return item instanceof Date ? item.toISOString() : String(item);
}

/**
 * A list as PostgreSQL writes an array of one dimension; the statement casts it to its type. The driver's own
 * spelling takes five times as long, which counts with ten thousand keys of thirty columns.
 */
export function arrayLiteral(items: readonly ArrayItem[]): string {
  return `{${items.map(literalOf).join(',')}}`;
}
