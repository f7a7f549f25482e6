import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/lib/db/client';
import { auditEvents, changes, reads } from '@/lib/db/schema';
import type { SettleTiming } from '@/lib/domain/changes/settle-timing';
import type { CreateKeyInput } from '@/lib/domain/keys/key-input';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { connectVendor, type TestEmulator, type TestVendor } from './connected';

/** Looks that follow each other fast, so that tests need not wait as people do. */
export const FAST: SettleTiming = { pausesMs: [5, 40, 60, 60], budgetMs: 5_000, quietMs: 40 };

/** A person who does not wait: what is lost stays unknown until the job looks. */
export const NO_WAIT: SettleTiming = { pausesMs: [], budgetMs: 1_000, quietMs: 40 };

/** The routes of an emulator that faults are injected into. */
export const routesOf: Record<TestVendor, Record<'create' | 'limit' | 'remove' | 'one' | 'list', string>> = {
  openrouter: {
    create: 'POST /api/v1/keys',
    limit: 'PATCH /api/v1/keys/*',
    remove: 'DELETE /api/v1/keys/*',
    one: 'GET /api/v1/keys/*',
    list: 'GET /api/v1/keys',
  },
  requesty: {
    create: 'POST /**/apikey',
    limit: 'POST /**/limit',
    remove: 'DELETE /**/apikey/*',
    one: 'GET /**/apikey/*',
    list: 'GET /**/apikey',
  },
  'requesty-classic': {
    create: 'POST /**/apikey',
    limit: 'POST /**/limit',
    remove: 'DELETE /**/apikey/*',
    // The classic generation reads one key out of its list.
    one: 'GET /**/apikey',
    list: 'GET /**/apikey',
  },
};

/** A connection whose keys count as read, with calls that give up after `timeoutMs`. */
export async function connectForSettling(
  db: Database,
  vendor: TestVendor,
  emulator: TestEmulator,
  options: { readonly timeoutMs?: number; readonly timing?: SettleTiming } = {},
): Promise<{ context: ServerContext; connectionId: number }> {
  const { context, connectionId } = await connectVendor(db, vendor, emulator);
  const at = new Date(Date.now() - 60_000);
  await db
    .insert(reads)
    .values({ connectionId, kind: 'keys', state: 'complete', startedAt: at, aliveAt: at, finishedAt: at });
  const providers = createProviderGateway({
    db,
    masterKey: context.providers.masterKey,
    isPrivateAllowed: true,
    callsPerMinute: null,
    now: context.now,
    timeoutMs: options.timeoutMs ?? 2_000,
  });
  return { context: { ...context, providers, settling: options.timing ?? FAST }, connectionId };
}

export function keyWish(
  connectionId: number,
  name: string,
  values: Partial<CreateKeyInput> = {},
): CreateKeyInput {
  return {
    connectionId,
    name,
    limit: capped(usd(25), 'monthly'),
    containerId: null,
    expiresAt: null,
    permissions: null,
    labels: {},
    teamId: null,
    ownerId: null,
    reason: '',
    ...values,
  };
}

const stateSchema = z.object({
  keys: z.array(
    z
      .object({
        hash: z.string().optional(),
        id: z.string().optional(),
        name: z.string(),
        secret: z.string().nullish(),
        disabled: z.boolean().optional(),
        limit: z.number().nullish(),
        monthly_limit: z.string().optional(),
        expires_at: z.string().nullish(),
        deletedAt: z.string().nullable(),
      })
      .transform(({ hash, id, limit, monthly_limit, ...key }) => ({
        ...key,
        externalId: hash ?? id ?? '',
        amount: Number(limit ?? monthly_limit ?? 0),
      })),
  ),
});
export type TrueKey = z.output<typeof stateSchema>['keys'][number];

/** The keys of a name as the emulator truly holds them, deleted ones too. */
export async function trueKeys(emulator: TestEmulator, name: string): Promise<TrueKey[]> {
  const response = await fetch(`${emulator.controlUrl}/state?new=true`);
  return stateSchema.parse(await response.json()).keys.filter((key) => key.name === name);
}

export async function clearFaults(emulator: TestEmulator): Promise<void> {
  await fetch(`${emulator.controlUrl}/faults`, { method: 'DELETE' });
}

/** Kinds and states of the ledger in the order of their planning. */
export async function ledgerOf(db: Database): Promise<string[]> {
  const rows = await db.select().from(changes).orderBy(changes.plannedAt);
  return rows.map(({ kind, state }) => `${kind} ${state}`);
}

/** Outcomes that the audit log holds of one change, in order. */
export async function outcomesOf(db: Database, changeId: string): Promise<string[]> {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.changeId, changeId))
    .orderBy(auditEvents.seq);
  return rows.filter(({ action }) => action.startsWith('key.')).map(({ outcome }) => outcome);
}
