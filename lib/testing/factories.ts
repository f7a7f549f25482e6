import { randomUUID } from 'node:crypto';
import type { Queryable } from '@/lib/db/client';
import { connections, containers, keyAssignments, keys, teamMembers, teams, users } from '@/lib/db/schema';
import { NO_COUNTERS, type ProviderKey } from '@/lib/domain/keys/provider-key';
import { UNLIMITED } from '@/lib/domain/limits/limit';
import { usd, ZERO_USD } from '@/lib/domain/money/usd';
import { parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';

let serial = 0;
function next(): number {
  serial += 1;
  return serial;
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the row was not inserted');
  return row;
}

/** A real UTC day; throws on anything else. */
export function utcDay(text: string): UtcDay {
  const day = parseUtcDay(text);
  if (day === null) throw new RangeError(`${text} is not a day`);
  return day;
}

const FIRST_SEEN = new Date('2026-01-01T00:00:00Z');

export async function insertUser(db: Queryable, values: Partial<typeof users.$inferInsert> = {}) {
  const number = next();
  const row = { email: `person-${number}@example.com`, name: `Person ${number}`, role: 'admin' as const };
  return only(
    await db
      .insert(users)
      .values({ ...row, ...values })
      .returning(),
  );
}

export async function insertTeam(db: Queryable, values: Partial<typeof teams.$inferInsert> = {}) {
  return only(
    await db
      .insert(teams)
      .values({ name: `Team ${next()}`, ...values })
      .returning(),
  );
}

export async function insertTeamMember(db: Queryable, values: typeof teamMembers.$inferInsert) {
  return only(await db.insert(teamMembers).values(values).returning());
}

/** An active OpenRouter connection without a stored management key. */
export async function insertConnection(db: Queryable, values: Partial<typeof connections.$inferInsert> = {}) {
  const row = {
    provider: 'openrouter' as const,
    name: `Connection ${next()}`,
    baseUrl: 'http://127.0.0.1:9',
    generation: 'current' as const,
    keyTail: 'tail',
    keySetAt: FIRST_SEEN,
  };
  return only(
    await db
      .insert(connections)
      .values({ ...row, ...values })
      .returning(),
  );
}

export async function insertContainer(
  db: Queryable,
  values: Partial<typeof containers.$inferInsert> & { connectionId: number },
) {
  const number = next();
  const row = { externalId: `container-${number}`, kind: 'workspace' as const, name: `Workspace ${number}` };
  return only(
    await db
      .insert(containers)
      .values({ ...row, lastSeenAt: FIRST_SEEN, ...values })
      .returning(),
  );
}

/** A live key without a limit, a team or an owner. */
export async function insertKey(
  db: Queryable,
  values: Partial<typeof keys.$inferInsert> & { connectionId: number },
) {
  const number = next();
  const row = {
    externalId: `key-${number}-${randomUUID()}`,
    name: `Key ${number}`,
    limitKind: 'unlimited' as const,
    firstSeenAt: FIRST_SEEN,
    lastSeenAt: FIRST_SEEN,
  };
  return only(
    await db
      .insert(keys)
      .values({ ...row, ...values })
      .returning(),
  );
}

export async function insertAssignment(db: Queryable, values: typeof keyAssignments.$inferInsert) {
  return only(await db.insert(keyAssignments).values(values).returning());
}

/** A key as a provider's listing tells it. */
export function providerKey(values: Partial<ProviderKey> = {}): ProviderKey {
  const number = next();
  return {
    externalId: `external-${number}`,
    name: `Key ${number}`,
    isDisabled: false,
    limit: UNLIMITED,
    spend: NO_COUNTERS,
    byokSpend: NO_COUNTERS,
    ...values,
  };
}

/** One request of a cent by a key on a day. */
export function usageFact(values: Partial<UsageFact> & { keyExternalId: string; day: UtcDay }): UsageFact {
  return {
    model: 'openai/gpt-5',
    requests: 1,
    promptTokens: 10,
    completionTokens: 5,
    reasoningTokens: 0,
    spend: usd('0.01'),
    byokSpend: ZERO_USD,
    ...values,
  };
}
