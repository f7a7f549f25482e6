import { UsageSum } from '../shared/cells';
import { startOfUtcMonth, startOfUtcWeek } from '../shared/clock';
import type { Grain } from '../shared/ledger';
import type { CatalogueModel } from '../shared/models';
import { metricFields, metricOnWire } from './analytics-fields';
import type { AnalyticsFilter, AnalyticsQuery } from './analytics-input';
import type { OpenRouterState } from './state';
import type { StoredKey } from './stored';

interface Group {
  /** Start of the bucket, or null without a granularity. */
  bucketMs: number | null;
  /** Raw ids, in the order of the asked dimensions. */
  ids: (string | null)[];
  sum: UsageSum;
}

type Row = Record<string, string | number | null>;

/** Runs a query over the ledger; rows come in order of time, then by the first metric, largest first. */
export function runAnalytics(
  state: OpenRouterState,
  query: AnalyticsQuery,
): { rows: Row[]; truncated: boolean } {
  const groups = keepLargest(query, collect(state, query));
  const rows = groups.map((group) => rowOf(state, query, group));
  if (query.order_by) sortRows(rows, columnOf(state, query, query.order_by.field), query.order_by.direction);
  return { rows: rows.slice(0, query.limit), truncated: rows.length > query.limit };
}

function collect(state: OpenRouterState, query: AnalyticsQuery): Group[] {
  const groups = new Map<string, Group>();
  const tests = query.filters.map((filter) => ({ field: filter.field, passes: testOf(filter) }));
  const keyTests = tests.filter(({ field }) => KEY_FIELDS.has(field));
  const otherTests = tests.filter(({ field }) => !KEY_FIELDS.has(field));
  const keyIds = [...state.keys.values()]
    .filter((key) => keyTests.every(({ field, passes }) => passes(rawValue(field, key, null))))
    .map((key) => key.hash);
  const grain = ledgerGrain(query);
  const span = { keyIds, from: query.fromMs, to: query.toMs, now: state.now(), grain };
  state.ledger.visit(span, (row) => {
    const key = state.keys.get(row.keyId);
    if (!key || !otherTests.every(({ field, passes }) => passes(rawValue(field, key, row.model)))) return;
    const bucketMs =
      query.granularity === undefined ? null : bucketStart(query.granularity, row.bucketStartMs);
    const ids = query.dimensions.map((name) => rawValue(name, key, row.model));
    const label = `${bucketMs} ${JSON.stringify(ids)}`;
    const group = groups.get(label) ?? { bucketMs, ids, sum: new UsageSum() };
    group.sum.add(row.cells);
    groups.set(label, group);
  });
  return [...groups.values()];
}

const KEY_FIELDS = new Set(['api_key_id', 'user', 'workspace', 'external_user']);

/** The raw id behind a dimension; null where the ledger does not know it. */
function rawValue(name: string, key: StoredKey, model: CatalogueModel | null): string | null {
  switch (name) {
    case 'api_key_id':
      return key.hash;
    case 'user':
      return key.creatorUserId;
    case 'workspace':
      return key.workspaceId;
    case 'external_user':
      return key.externalUser;
    case 'model':
      return model?.id ?? null;
    case 'provider':
      return model?.provider ?? null;
    case 'variant':
      return 'standard';
    default:
      return null;
  }
}

/** Prepared once a query: a filter may list thousands of keys. */
function testOf(filter: AnalyticsFilter): (value: string | null) => boolean {
  const wanted = new Set((Array.isArray(filter.value) ? filter.value : [filter.value]).map(String));
  const [first = ''] = wanted;
  const test = comparison(filter.operator, wanted, first);
  return (value) => (value === null ? (filter.include_unset ?? false) : test(value));
}

function comparison(
  operator: AnalyticsFilter['operator'],
  wanted: ReadonlySet<string>,
  first: string,
): (value: string) => boolean {
  switch (operator) {
    case 'eq':
    case 'in':
      return (value) => wanted.has(value);
    case 'neq':
    case 'not_in':
      return (value) => !wanted.has(value);
    case 'gt':
      return (value) => value > first;
    case 'gte':
      return (value) => value >= first;
    case 'lt':
      return (value) => value < first;
    case 'lte':
      return (value) => value <= first;
  }
}

function ledgerGrain(query: AnalyticsQuery): Grain {
  if (query.granularity === 'minute' || query.granularity === 'hour') return query.granularity;
  return 'day';
}

function bucketStart(granularity: NonNullable<AnalyticsQuery['granularity']>, ms: number): number {
  if (granularity === 'week') return startOfUtcWeek(new Date(ms)).getTime();
  if (granularity === 'month') return startOfUtcMonth(new Date(ms)).getTime();
  return ms;
}

/** `group_limit` keeps the groups that are largest by the first metric over the whole time. */
function keepLargest(query: AnalyticsQuery, groups: Group[]): Group[] {
  const size = (group: Group): number => Number(firstMetric(query).value(group.sum) ?? 0);
  groups.sort((a, b) => (a.bucketMs ?? 0) - (b.bucketMs ?? 0) || size(b) - size(a));
  if (query.group_limit === undefined) return groups;
  const totals = new Map<string, number>();
  for (const group of groups) {
    const label = JSON.stringify(group.ids);
    totals.set(label, (totals.get(label) ?? 0) + size(group));
  }
  const kept = new Set(
    [...totals]
      .sort((a, b) => b[1] - a[1])
      .slice(0, query.group_limit)
      .map(([label]) => label),
  );
  return groups.filter((group) => kept.has(JSON.stringify(group.ids)));
}

function firstMetric(query: AnalyticsQuery): (typeof metricFields)[number] {
  const field = metricFields.find(({ name }) => name === query.metrics[0]);
  if (!field) throw new RangeError('a parsed query has a metric');
  return field;
}

function rowOf(state: OpenRouterState, query: AnalyticsQuery, group: Group): Row {
  const row: Row = {};
  if (group.bucketMs !== null) row[dateColumn(state, query)] = new Date(group.bucketMs).toISOString();
  query.dimensions.forEach((name, index) => {
    const id = group.ids[index] ?? null;
    row[name] = labelOf(state, name, id);
    if (name === 'user') row.user_email = state.members.find((member) => member.id === id)?.email ?? null;
  });
  for (const name of query.metrics) {
    const field = metricFields.find((metric) => metric.name === name);
    if (field) row[name] = metricOnWire(field, group.sum, state.switches.analyticsCounts);
  }
  return row;
}

/** Keys, users and workspaces come back by their names. */
function labelOf(state: OpenRouterState, dimension: string, id: string | null): string | null {
  if (id === null) return null;
  if (dimension === 'workspace') return state.workspaces.get(id)?.name ?? id;
  if (dimension === 'api_key_id') return state.keys.get(id)?.[state.switches.analyticsKeyLabel] ?? id;
  if (dimension !== 'user') return id;
  const member = state.members.find((candidate) => candidate.id === id);
  const name = [member?.first_name, member?.last_name].filter((part) => part).join(' ');
  return name === '' ? (member?.email ?? id) : name;
}

function dateColumn(state: OpenRouterState, query: AnalyticsQuery): string {
  return `${state.switches.analyticsDateColumn}__${query.granularity}`;
}

function columnOf(state: OpenRouterState, query: AnalyticsQuery, field: string): string {
  return field === 'date' || field === 'created_at' ? dateColumn(state, query) : field;
}

function sortRows(rows: Row[], column: string, direction: 'asc' | 'desc'): void {
  const sign = direction === 'asc' ? 1 : -1;
  const isNumeric = rows.every((row) => !Number.isNaN(Number(row[column] ?? 0)));
  rows.sort((a, b) => {
    const [left, right] = [a[column] ?? '', b[column] ?? ''];
    return sign * (isNumeric ? Number(left) - Number(right) : String(left).localeCompare(String(right)));
  });
}
