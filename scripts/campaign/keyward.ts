import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { createDatabase } from '@/lib/db/client';
import { createPool } from '@/lib/db/pool';
import { teamMembers, users } from '@/lib/db/schema';
import { inCallTiming } from '@/lib/domain/changes/settle-timing';
import type { Actor } from '@/lib/domain/people/actor';
import { type Chore, createChores, startChores } from '@/lib/jobs/chores';
import { createScheduler } from '@/lib/jobs/scheduler';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { AppError } from '@/lib/server/errors';
import { log } from '@/lib/utils/log';
import { readClock } from './clock';
import { type Order, orderSchema, type Report } from './messages';
import { verbs } from './verbs';

// A Keyward process without its pages: the product's verbs, chores and scheduled reads on a real database. It takes
// operations from the campaign, which kills it with SIGKILL. Its clock can be set wrong.

log.level = 'error';

type Start = Extract<Order, { kind: 'start' }>;

const RARE_MS = 60_000;
/** A busy machine keeps the one connection of the embedded database busy: that is no fault of a verb. */
const DATABASE_WAIT_MS = 180_000;

let offsetMs = () => 0;
let contextOf: ((actor: Actor) => ServerContext) | null = null;
let findActor: ((actorId: string | null) => Promise<Actor>) | null = null;

const now = () => new Date(Date.now() + offsetMs());

function say(report: Report): void {
  process.send?.(report);
}

function settlingOf(haste: number) {
  const { pausesMs, budgetMs, quietMs } = inCallTiming;
  return {
    pausesMs: pausesMs.map((ms) => Math.round(ms / haste)),
    budgetMs: Math.round(budgetMs / Math.min(haste, 3)),
    quietMs: Math.round(quietMs / haste),
  };
}

function start(order: Start): void {
  offsetMs = readClock(order.clockFile, order.clockIndex);
  const pool = createPool({ url: order.databaseUrl, kind: order.databaseKind, waitMs: DATABASE_WAIT_MS });
  const db = createDatabase(pool);
  const providers = createProviderGateway({
    db,
    masterKey: Buffer.from(order.masterKey, 'base64'),
    isPrivateAllowed: true,
    callsPerMinute: order.callsPerMinute,
    now,
    timeoutMs: order.callTimeoutMs,
  });
  const settling = settlingOf(order.haste);
  const createContext = (actor: Actor): ServerContext => ({
    actor,
    db,
    now,
    requestId: randomUUID(),
    providers,
    settling,
  });
  contextOf = createContext;
  findActor = async (actorId) => {
    if (actorId === null) return { kind: 'system', name: 'Keyward' };
    const [row] = await db.select().from(users).where(eq(users.id, actorId));
    if (!row) throw new Error('an unknown person');
    const led = await db
      .select({ teamId: teamMembers.teamId })
      .from(teamMembers)
      .where(and(eq(teamMembers.userId, actorId), eq(teamMembers.isLead, true)));
    const teamIds = led.map(({ teamId }) => teamId);
    return { kind: 'user', id: row.id, name: row.name, email: row.email, role: row.role, teamIds };
  };
  const asKeyward = () => createContext({ kind: 'system', name: 'Keyward' });
  const chores = createChores({ isOnlyProcess: order.databaseKind === 'embedded' });
  startChores(asKeyward, counted(chores, order.haste));
  void startReads(order, pool, asKeyward);
  say({ kind: 'ready' });
}

/** Chores at a faster pace, which say whenever each of them has come round once more; rare ones do not count. */
function counted(chores: readonly Chore[], haste: number): Chore[] {
  const rounds = new Map<string, number>();
  let told = 0;
  return chores.map((chore) => {
    const isRare = chore.everyMs > RARE_MS;
    if (!isRare) rounds.set(chore.name, 0);
    const run: Chore['run'] = async (context) => {
      try {
        return await chore.run(context);
      } finally {
        if (!isRare) rounds.set(chore.name, (rounds.get(chore.name) ?? 0) + 1);
        const least = Math.min(...rounds.values());
        if (least > told) say({ kind: 'chores', rounds: least });
        told = least;
      }
    };
    return { name: chore.name, everyMs: chore.everyMs / haste, run };
  });
}

async function startReads(
  order: Start,
  pool: ReturnType<typeof createPool>,
  createContext: () => ServerContext,
) {
  const scheduler = createScheduler({ pool, createContext, intervalSeconds: order.readEverySeconds });
  for (;;) {
    try {
      await scheduler.start();
      return;
    } catch (error) {
      log.warn({ err: error }, 'The scheduled reads could not be started yet');
      await sleep(1_000);
    }
  }
}

async function run({ id, verb, actorId, input }: Extract<Order, { kind: 'do' }>): Promise<void> {
  try {
    const execute = verbs[verb];
    if (!execute || !contextOf || !findActor) throw new Error(`${verb} came too early or is unknown`);
    const data = await execute(contextOf(await findActor(actorId)), input);
    say({ kind: 'done', id, data: data ?? null });
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') {
      const { code, message, facts } = error;
      say({ kind: 'refused', id, code, message, facts: facts ?? null });
      return;
    }
    say({ kind: 'broken', id, text: textOf(error) });
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

process.on('message', (message) => {
  const order = orderSchema.parse(message);
  if (order.kind === 'start') start(order);
  else void run(order);
});
process.on('unhandledRejection', (error) => say({ kind: 'broken', id: null, text: textOf(error) }));
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches all processes of a terminal: the campaign decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
say({ kind: 'loaded' });
