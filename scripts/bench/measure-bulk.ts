import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { bulkItems, bulkRuns, keys, users } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { getEnv } from '@/lib/env';
import { createChores, startChores } from '@/lib/jobs/chores';
import { previewBulk } from '@/lib/server/bulk/preview-bulk';
import { startBulkRun } from '@/lib/server/bulk/start-bulk-run';
import { createConnection } from '@/lib/server/connections/create-connection';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { type Account, readWhole } from './measure-full-read';
import type { Measured } from './samples';

const CHANGES = 500;
const LOOK_EVERY_MS = 100;

export type LimitedAccount = Account & {
  /** The emulator's own address, for its record of calls. */
  readonly emulatorUrl: string;
  readonly callsPerMinute: number;
};

const callsSchema = z.object({ calls: z.array(z.object({ method: z.string(), status: z.number() })) });

async function takeCalls({ emulatorUrl }: LimitedAccount) {
  const url = `${emulatorUrl}/__control/calls`;
  const { calls } = callsSchema.parse(await (await fetch(url)).json());
  await fetch(url, { method: 'DELETE' });
  return calls;
}

/** As the process of an installation that was told its provider's rate. */
function pacedContext(context: ServerContext, callsPerMinute: number): ServerContext {
  const { db, now } = context;
  const { masterKey, allowPrivateTargets: isPrivateAllowed } = getEnv();
  const providers = createProviderGateway({ db, masterKey, isPrivateAllowed, callsPerMinute, now });
  return { ...context, providers };
}

async function asAdmin(context: ServerContext): Promise<ServerContext> {
  const [admin] = await context.db
    .select({ id: users.id, name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(eq(users.role, 'admin'))
    .limit(1);
  if (!admin) throw new Error('there is no admin');
  return { ...context, actor: { kind: 'user', ...admin, teamIds: [] } };
}

async function startRun(context: ServerContext, connectionId: number): Promise<string> {
  const rows = await context.db
    .select({ id: keys.id })
    .from(keys)
    .where(eq(keys.connectionId, connectionId))
    .limit(CHANGES);
  const input = {
    keyIds: rows.map(({ id }) => id),
    action: {
      kind: 'set_limit',
      rule: { by: 'limit', limit: { kind: 'capped', amount: usd('77.77'), period: 'monthly' } },
    },
  } as const;
  const { digest, changes } = await previewBulk(context, input);
  if (changes !== CHANGES) throw new Error(`${changes} of ${CHANGES} keys would change`);
  const { runId } = await startBulkRun(context, {
    ...input,
    digest,
    confirmation: '',
    reason: 'Measurement',
  });
  return runId;
}

async function waitForEnd({ db }: ServerContext, runId: string): Promise<void> {
  for (;;) {
    const [run] = await db.select({ state: bulkRuns.state }).from(bulkRuns).where(eq(bulkRuns.id, runId));
    if (run?.state === 'finished') break;
    await sleep(LOOK_EVERY_MS);
  }
  const isDone = and(eq(bulkItems.runId, runId), eq(bulkItems.state, 'applied'));
  const applied = await db.$count(bulkItems, isDone);
  if (applied !== CHANGES) throw new Error(`${applied} of ${CHANGES} changes were applied`);
}

/**
 * 500 limits at a provider that allows so many calls a minute and refuses the others, by the chore that does them in
 * the running product. A change is two calls: what is there is read right before it is written over.
 */
export async function measureBulk(context: ServerContext, account: LimitedAccount): Promise<Measured[]> {
  const { baseUrl, managementKey, callsPerMinute } = account;
  const paced = pacedContext(context, callsPerMinute);
  const { connectionId } = await createConnection(paced, {
    provider: 'openrouter',
    name: 'Limited account',
    baseUrl,
    managementKey,
  });
  await readWhole(paced, connectionId);
  await takeCalls(account);
  const startedAt = performance.now();
  const runId = await startRun(await asAdmin(paced), connectionId);
  const chores = startChores(
    () => paced,
    createChores({ isOnlyProcess: false }).filter(({ name }) => name === 'bulk changes'),
  );
  try {
    await waitForEnd(paced, runId);
  } finally {
    await chores.stop();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const calls = await takeCalls(account);
  const refused = calls.filter(({ status }) => status === 429).length;
  const answered = calls.length - refused;
  const each = (answered / CHANGES).toFixed(2);
  return [
    {
      id: 'bulk-rate',
      value: answered / (seconds * (callsPerMinute / 60)),
      detail: `${answered} calls in ${seconds.toFixed(1)} s, ${each} a change, ${(CHANGES / seconds).toFixed(1)} changes a second`,
    },
    {
      id: 'bulk-refused',
      value: (refused / calls.length) * 100,
      detail: `${refused} of ${calls.length} answers were 429`,
    },
  ];
}
