import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { arrayLiteral } from '@/lib/db/array-literal';
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

/** A key's row, and the team that owns it now; 0 for none. */
type FoundKey = { readonly id: number; readonly teamId: number };
type Keys = ReadonlyMap<string, FoundKey>;
type Models = ReadonlyMap<string, number>;

async function findKeys(
  tx: Transaction,
  connectionId: number,
  externalIds: readonly string[],
): Promise<Map<string, FoundKey>> {
  const { rows } = await tx.execute<{ at: number[]; ids: number[]; teams: number[] }>(sql`
    select json_agg(w.at) as at, json_agg(k.id) as ids, json_agg(coalesce(k.team_id, 0)) as teams
    from unnest(${arrayLiteral(externalIds)}::text[]) with ordinality as w (external_id, at)
    join keys k on k.connection_id = ${connectionId} and k.external_id = w.external_id`);
  const { at, ids, teams } = rows[0] ?? {};
  const found = new Map<string, FoundKey>();
  at?.forEach((place, index) => {
    const externalId = externalIds[place - 1];
    const [id, teamId] = [ids?.[index], teams?.[index]];
    if (externalId !== undefined && id !== undefined && teamId !== undefined) {
      found.set(externalId, { id, teamId });
    }
  });
  return found;
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
): Promise<Keys> {
  const known = await findKeys(tx, connectionId, [...externalIds]);
  if (known.size === externalIds.size) return known;
  const unknown = [...externalIds].filter((externalId) => !known.has(externalId));
  await tx.execute(sql`
    insert into keys (connection_id, external_id, name, limit_kind, first_seen_at, last_seen_at, gone_at)
    select ${connectionId}::int, name, left(name, 12) || '…', 'unlimited', ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${arrayLiteral(unknown)}::text[]) as told (name)
    on conflict (connection_id, external_id) do nothing`);
  return new Map([...known, ...(await findKeys(tx, connectionId, unknown))]);
}

/** The ids of models by name, new ones included; a model that is not told is 0. */
export async function resolveModels(tx: Transaction, names: ReadonlySet<string>): Promise<Models> {
  const wanted = sql`${arrayLiteral([...names].sort())}::text[]`;
  const find = async () => {
    const { rows } = await tx.execute<{ name: string; id: number }>(
      sql`select name, id from models where name = any(${wanted})`,
    );
    return new Map(rows.map(({ name, id }) => [name, id]));
  };
  const known = await find();
  if (known.size === names.size) return known;
  await tx.execute(sql`
    insert into models (name)
    select name from unnest(${wanted}) as told (name)
    where not exists (select 1 from models m where m.name = told.name)
    on conflict (name) do nothing`);
  return find();
}

function foundOf<Found>(all: ReadonlyMap<string, Found>, name: string): Found {
  const found = all.get(name);
  if (found === undefined) throw new Error(`no id for ${name}`);
  return found;
}

type PlacedFact = {
  readonly key: FoundKey;
  readonly modelId: number;
  readonly fact: UsageFact;
};

function sumOf(a: UsageFact, b: UsageFact): UsageFact {
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
function placeFacts(facts: readonly UsageFact[], keys: Keys, models: Models): PlacedFact[] {
  const placed = new Map<string, PlacedFact>();
  for (const fact of facts) {
    const key = foundOf(keys, fact.keyExternalId);
    const modelId = fact.model === null || fact.model === '' ? 0 : foundOf(models, fact.model);
    const place = `${fact.day} ${key.id} ${modelId}`;
    const known = placed.get(place);
    placed.set(place, { key, modelId, fact: known ? sumOf(known.fact, fact) : fact });
  }
  return [...placed.values()];
}

/**
 * The facts as a relation: one row a day, key and model, each with the team that owned the key on that day. A
 * key's first team reaches back to its beginning; without any the key's present team counts.
 */
export function factsRelation(
  told: readonly UsageFact[],
  { keys, models }: { readonly keys: Keys; readonly models: Models },
): SQL {
  const facts = placeFacts(told, keys, models);
  // Unnested side by side in the list of columns, not in `from`, which keeps each column apart first.
  const column = (name: string, type: string, read: (placed: PlacedFact) => UtcDay | number | string) => {
    const items = facts.map(read);
    const literal = type === 'numeric' ? `{${items.join(',')}}` : arrayLiteral(items);
    return sql`unnest(${literal}::${sql.raw(type)}[]) as ${sql.raw(name)}`;
  };
  return sql`
    select i.*, case
        when a.id is null then i.present_team_id
        when a.to_day < i.day then 0
        else coalesce(a.team_id, 0)
      end as team_id
    from (select
      ${column('day', 'date', ({ fact }) => fact.day)},
      ${column('key_id', 'int', ({ key }) => key.id)},
      ${column('present_team_id', 'int', ({ key }) => key.teamId)},
      ${column('model_id', 'int', ({ modelId }) => modelId)},
      ${column('requests', 'bigint', ({ fact }) => fact.requests)},
      ${column('prompt_tokens', 'bigint', ({ fact }) => fact.promptTokens)},
      ${column('completion_tokens', 'bigint', ({ fact }) => fact.completionTokens)},
      ${column('reasoning_tokens', 'bigint', ({ fact }) => fact.reasoningTokens)},
      ${column('spend', 'numeric', ({ fact }) => fact.spend)},
      ${column('byok_spend', 'numeric', ({ fact }) => fact.byokSpend)}
    ) i
    left join lateral (
      select a.id, a.team_id, a.to_day from key_assignments a
      where a.key_id = i.key_id and (a.team_id is not null or exists (
        select 1 from key_assignments e where e.key_id = a.key_id and e.team_id is not null and e.from_day < a.from_day
      ))
      order by a.from_day <= i.day desc, abs(a.from_day - i.day), a.id desc limit 1
    ) a on true`;
}
