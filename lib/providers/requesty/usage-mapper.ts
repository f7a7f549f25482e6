import { addUsd, parseUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { isRecord, lenientCount, lenientDate, lenientText } from '../http/lenient';
import type { UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import type { UsageEntries } from './wire';

type Row = Readonly<Record<string, unknown>>;

/**
 * Facts of the wanted keys from an answer grouped by key and model; null when the answer was not so grouped.
 * Rows without a key (unattributed use) belong to none and are left out.
 */
export function organizationFacts(
  entries: UsageEntries,
  window: UsageWindow,
  wanted: ReadonlySet<string>,
): UsageFact[] | null {
  const facts = new Map<string, UsageFact>();
  for (const [period, entry] of Object.entries(entries)) {
    const rows = entry.grouped_data ?? [];
    if (rows.length === 0 && hasUse(entry)) return null;
    const day = dayOf(period);
    for (const row of rows) {
      const values = row.group_by_values;
      if (!isRecord(values) || !('api_key_id' in values)) return null;
      const keyId = lenientText(values.api_key_id);
      if (keyId !== null && wanted.has(keyId)) add(facts, factOf(row, keyId, day, values.model_used));
    }
  }
  return within(facts, window);
}

/** Facts of one key, by model where the answer is so grouped. */
export function keyFacts(entries: UsageEntries, window: UsageWindow, keyId: string): UsageFact[] {
  const facts = new Map<string, UsageFact>();
  for (const [period, entry] of Object.entries(entries)) {
    const day = dayOf(period);
    const rows = entry.grouped_data ?? [];
    if (rows.length === 0 && hasUse(entry)) add(facts, factOf(entry, keyId, day, null));
    for (const row of rows) {
      const values = isRecord(row.group_by_values) ? row.group_by_values : {};
      add(facts, factOf(row, keyId, day, values.model_used ?? values.model_requested));
    }
  }
  return within(facts, window);
}

function dayOf(period: string): UtcDay {
  const at = lenientDate(period);
  if (at === null) throw new ProviderError('invalid_response', 'read usage');
  return utcDayOf(at);
}

export function requestsOf(row: Row): number {
  return lenientCount(row.total_requests ?? row.completions_requests);
}

function hasUse(row: Row): boolean {
  return requestsOf(row) > 0 || (parseUsd(row.spend) ?? ZERO_USD) !== ZERO_USD;
}

function factOf(row: Row, keyExternalId: string, day: UtcDay, model: unknown): UsageFact {
  return {
    keyExternalId,
    day,
    model: lenientText(model),
    requests: requestsOf(row),
    promptTokens: lenientCount(row.input_tokens),
    completionTokens: lenientCount(row.output_tokens),
    reasoningTokens: 0,
    spend: parseUsd(row.spend) ?? ZERO_USD,
    byokSpend: ZERO_USD,
  };
}

function add(facts: Map<string, UsageFact>, fact: UsageFact): void {
  const id = `${fact.keyExternalId} ${fact.day} ${fact.model}`;
  const known = facts.get(id);
  facts.set(id, known === undefined ? fact : sum(known, fact));
}

function sum(a: UsageFact, b: UsageFact): UsageFact {
  return {
    ...a,
    requests: a.requests + b.requests,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    spend: addUsd(a.spend, b.spend),
  };
}

function within(facts: ReadonlyMap<string, UsageFact>, { from, to }: UsageWindow): UsageFact[] {
  return [...facts.values()].filter((fact) => fact.day >= from && fact.day <= to);
}
