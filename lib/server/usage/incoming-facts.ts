import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { addUsd, parseUsd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';

/** A fact that tells nothing is not kept: a covered day without facts was a day without use. */
export function isUse(fact: UsageFact): boolean {
  return (
    fact.requests !== 0 ||
    fact.promptTokens !== 0 ||
    fact.completionTokens !== 0 ||
    fact.reasoningTokens !== 0 ||
    parseUsd(fact.spend) !== '0' ||
    parseUsd(fact.byokSpend) !== '0'
  );
}

type IdRow = { name: string; id: number };

function toIds(rows: readonly IdRow[]): Map<string, number> {
  return new Map(rows.map((row) => [row.name, row.id]));
}

/**
 * The ids of keys by their external ids. A key that only usage still knows (it was deleted at the provider
 * before Keyward ever saw it) gets a row as gone, so that its spend is not lost.
 */
export async function resolveKeys(
  tx: Transaction,
  connectionId: number,
  externalIds: ReadonlySet<string>,
  at: Date,
): Promise<ReadonlyMap<string, number>> {
  const find = async (names: readonly string[]) =>
    tx.execute<IdRow>(sql`
      select k.external_id as name, k.id from unnest(${sql.param(names)}::text[]) as wanted (name)
      join keys k on k.connection_id = ${connectionId} and k.external_id = wanted.name`);
  const known = toIds((await find([...externalIds])).rows);
  const unknown = [...externalIds].filter((externalId) => !known.has(externalId));
  if (unknown.length === 0) return known;
  await tx.execute(sql`
    insert into keys (connection_id, external_id, name, limit_kind, first_seen_at, last_seen_at, gone_at)
    select ${connectionId}::int, name, left(name, 12) || '…', 'unlimited', ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${sql.param(unknown)}::text[]) as told (name)
    on conflict (connection_id, external_id) do nothing`);
  return new Map([...known, ...toIds((await find(unknown)).rows)]);
}

/** The ids of models by name, new ones included; a model that is not told is 0. */
export async function resolveModels(
  tx: Transaction,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const wanted = sql.param([...names].sort());
  const find = () => tx.execute<IdRow>(sql`select name, id from models where name = any(${wanted}::text[])`);
  const known = toIds((await find()).rows);
  if (known.size === names.size) return known;
  await tx.execute(sql`
    insert into models (name)
    select name from unnest(${wanted}::text[]) as told (name)
    where not exists (select 1 from models m where m.name = told.name)
    on conflict (name) do nothing`);
  return toIds((await find()).rows);
}

type Ids = { readonly keys: ReadonlyMap<string, number>; readonly models: ReadonlyMap<string, number> };

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`no id for ${name}`);
  return id;
}

type PlacedFact = UsageFact & { readonly keyId: number; readonly modelId: number };

function sumOf(a: PlacedFact, b: PlacedFact): PlacedFact {
  return {
    ...a,
    requests: a.requests + b.requests,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    spend: addUsd(a.spend, b.spend),
    byokSpend: addUsd(a.byokSpend, b.byokSpend),
  };
}

/** One fact a day, key and model: those of the same three are added up. */
function placeFacts(facts: readonly UsageFact[], { keys, models }: Ids): PlacedFact[] {
  const placed = new Map<string, PlacedFact>();
  for (const fact of facts) {
    const keyId = idOf(keys, fact.keyExternalId);
    const modelId = fact.model === null || fact.model === '' ? 0 : idOf(models, fact.model);
    const place = `${fact.day} ${keyId} ${modelId}`;
    const one = { ...fact, keyId, modelId };
    const known = placed.get(place);
    placed.set(place, known ? sumOf(known, one) : one);
  }
  return [...placed.values()];
}

/**
 * The facts as a relation: one row a day, key and model, each with the team that owned the key on that day. A
 * key's first team reaches back to its beginning; without any the key's present team counts.
 */
export function factsRelation(told: readonly UsageFact[], ids: Ids): SQL {
  const facts = placeFacts(told, ids);
  const column = <T>(read: (fact: PlacedFact) => T) => sql.param(facts.map(read));
  return sql`
    select i.*, case
        when a.id is null then coalesce(k.team_id, 0)
        when a.to_day < i.day then 0
        else coalesce(a.team_id, 0)
      end as team_id
    from unnest(
      ${column((fact): UtcDay => fact.day)}::date[],
      ${column((fact) => fact.keyId)}::int[],
      ${column((fact) => fact.modelId)}::int[],
      ${column((fact) => fact.requests)}::bigint[],
      ${column((fact) => fact.promptTokens)}::bigint[],
      ${column((fact) => fact.completionTokens)}::bigint[],
      ${column((fact) => fact.reasoningTokens)}::bigint[],
      ${column((fact) => fact.spend)}::numeric[],
      ${column((fact) => fact.byokSpend)}::numeric[]
    ) as i (day, key_id, model_id, requests, prompt_tokens, completion_tokens, reasoning_tokens, spend, byok_spend)
    join keys k on k.id = i.key_id
    left join lateral (
      select a.id, a.team_id, a.to_day from key_assignments a
      where a.key_id = i.key_id and (a.team_id is not null or exists (
        select 1 from key_assignments e where e.key_id = a.key_id and e.team_id is not null and e.from_day < a.from_day
      ))
      order by a.from_day <= i.day desc, abs(a.from_day - i.day), a.id desc limit 1
    ) a on true`;
}
