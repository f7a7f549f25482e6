import type { Cells } from '../shared/cells';
import type { CatalogueModel } from '../shared/models';
import type { Nano } from '../shared/money';
import type { RequestyEmulator } from './emulator';
import { stringOrNumber } from './money-wire';
import type { RequestySwitches } from './switches';
import { formatPeriod, nextPeriod, startOfPeriod } from './times';
import type { RequestyKey } from './types';
import type { UsageQuery } from './usage-query';

type Wire = Record<string, unknown>;

class Counters {
  requests = 0;
  inputTokens = 0;
  outputTokens = 0;
  cachedTokens = 0;
  spend: Nano = 0n;

  add(cells: Cells): void {
    this.requests += cells.requests;
    this.inputTokens += cells.promptTokens;
    this.outputTokens += cells.completionTokens;
    this.cachedTokens += cells.cachedTokens;
    this.spend += BigInt(cells.costNano);
  }
}

type Period = { total: Counters; groups: Map<string, { values: Wire; counters: Counters }> };

/** The usage of one key, or of the organization when `keyId` is null. */
export function readUsage(
  emulator: RequestyEmulator,
  query: UsageQuery,
  keyId: string | null,
  switches: RequestySwitches,
): { usage: Record<string, Wire> } {
  const periods = collectPeriods(emulator, query, keyId, switches);
  const usage: Record<string, Wire> = {};
  for (const [start, period] of [...periods].sort(([a], [b]) => a - b)) {
    usage[formatPeriod(start, query.resolution, switches)] = {
      ...countersWire(period.total, switches),
      ...groupedWire(period, query, switches),
    };
  }
  return { usage };
}

function collectPeriods(
  emulator: RequestyEmulator,
  query: UsageQuery,
  keyId: string | null,
  switches: RequestySwitches,
): Map<number, Period> {
  const periods = new Map<number, Period>();
  const periodAt = (start: number): Period => {
    const known = periods.get(start);
    if (known) return known;
    const period: Period = { total: new Counters(), groups: new Map() };
    periods.set(start, period);
    return period;
  };
  if (switches.emptyPeriods === 'present') fillPeriods(emulator, query, periodAt);
  const labelOf = groupLabels(emulator, query.groupBy, switches);
  const grain = query.resolution === 'hour' ? 'hour' : 'day';
  const range = { from: query.from, to: query.to, keyId };
  emulator.figures.visit(range, grain, switches.spendLagHours, (row) => {
    const period = periodAt(startOfPeriod(row.bucketStartMs, query.resolution));
    period.total.add(row.cells);
    if (query.groupBy.length === 0) return;
    const { label, values } = labelOf(row.keyId, row.model);
    const group = period.groups.get(label) ?? { values, counters: new Counters() };
    group.counters.add(row.cells);
    period.groups.set(label, group);
  });
  return periods;
}

function fillPeriods(
  emulator: RequestyEmulator,
  query: UsageQuery,
  periodAt: (start: number) => Period,
): void {
  const end = Math.min(query.to, emulator.clock.now().getTime());
  let start = startOfPeriod(query.from, query.resolution);
  while (start < end) {
    periodAt(start);
    start = nextPeriod(start, query.resolution);
  }
}

/** Every dimension is a property of the key and the model, so that a label is worked out once for each pair. */
function groupLabels(emulator: RequestyEmulator, groupBy: readonly string[], switches: RequestySwitches) {
  const nothing = switches.unattributedGroup === 'null' ? null : '';
  const known = new Map<string, Map<CatalogueModel, { label: string; values: Wire }>>();
  return (keyId: string, model: CatalogueModel) => {
    const ofKey = known.get(keyId) ?? new Map<CatalogueModel, { label: string; values: Wire }>();
    known.set(keyId, ofKey);
    const found = ofKey.get(model);
    if (found) return found;
    const key = emulator.state.keys.get(keyId);
    const pairs = groupBy.map((name) => [name, (key && dimension(emulator, key, model, name)) ?? nothing]);
    const values: Wire = Object.fromEntries(pairs);
    const labelled = { label: JSON.stringify(pairs), values };
    ofKey.set(model, labelled);
    return labelled;
  };
}

function dimension(
  emulator: RequestyEmulator,
  key: RequestyKey,
  model: CatalogueModel,
  name: string,
): string | boolean | null {
  switch (name) {
    case 'user_id':
      return key.createdBy;
    case 'model_requested':
      return key.policy ?? model.id;
    case 'model_used':
      return model.id;
    case 'provider_used':
      return model.id.slice(0, model.id.indexOf('/'));
    case 'is_byok':
      return key.isByok;
    case 'origin_title':
      return key.origin;
    case 'group_id':
      return key.groupId;
    case 'group_name':
      return key.groupId === null ? null : (emulator.state.groups.get(key.groupId)?.name ?? null);
    case 'api_key_id':
      return key.id;
    default:
      return key.extra[name.slice('extra.'.length)] ?? null;
  }
}

function groupedWire(period: Period, query: UsageQuery, switches: RequestySwitches): Wire {
  if (query.groupBy.length === 0 || period.groups.size === 0) {
    return switches.emptyGroupedData === 'empty' ? { grouped_data: [] } : {};
  }
  return {
    grouped_data: [...period.groups.values()].map(({ values, counters }) => ({
      group_by_values: values,
      ...countersWire(counters, switches),
    })),
  };
}

function countersWire(counters: Counters, switches: RequestySwitches): Wire {
  const wire: Wire = {
    completions_requests: counters.requests,
    embedding_requests: 0,
    image_requests: 0,
    speech_requests: 0,
    transcription_requests: 0,
    total_requests: counters.requests,
    spend: stringOrNumber(counters.spend, switches.usageSpend),
    input_tokens: counters.inputTokens,
    output_tokens: counters.outputTokens,
    total_tokens: counters.inputTokens + counters.outputTokens,
  };
  if (switches.unknownFields === 'present') Object.assign(wire, { cached_tokens: counters.cachedTokens });
  if (switches.zeroCounters === 'present') return wire;
  return Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== 0 && value !== '0'));
}
