import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { endFaults } from './faults';
import type { World } from './world';

/** While every chore comes round so often, something that is left must move on; whatever moves, so often in all. */
const STUCK_AFTER_ROUNDS = 40;
const RESTLESS_AFTER_ROUNDS = 300;
/** A process in which not even chores come round any more. */
const DEAD_AFTER_MS = 900_000;
const READ_TRIES = 300;

/** Moves the clocks of Keyward and of the providers ahead together. */
export async function advanceTogether(world: World, ms: number): Promise<void> {
  world.aheadMs += ms;
  for (const vendor of world.vendors) await vendor.advanceClock(ms);
  world.setClocks(world.aheadMs);
}

type Unrest = { readonly what: string; readonly due: Date | null };

/** What Keyward still has to do, and when it means to. */
async function findUnrest(world: World, since: Date): Promise<Unrest[]> {
  const { rows } = await world.place.db.execute<{ what: string; due: Date | null }>(sql`
    select 'change ' || c.kind || ' ' || c.state || ' ' || c.id as what, c.look_at as due from changes c
    where c.look_at is not null or (c.state in ('planned', 'sent', 'unknown') and not exists (
      select 1 from incidents i where i.change_id = c.id and i.resolved_at is null))
    union all
    select 'bulk run ' || r.state || ' ' || r.id,
      greatest(r.worked_until, (select min(i.not_before) from bulk_items i where i.run_id = r.id and i.state = 'waiting'))
    from bulk_runs r
    where r.state = 'running' or exists (
      select 1 from bulk_items i where i.run_id = r.id and i.state in ('sent', 'unknown'))
    union all
    select 'raise ' || r.state || ' ' || r.id, greatest(r.next_try_at, r.worked_until) from raises r
    where r.ended_at is null and (r.state = 'planned' or r.ends_at <= ${world.now().toISOString()}::timestamptz)
    union all
    select 'rotation ' || r.state || ' ' || r.id, r.last_checked_at + interval '5 minutes' from rotations r
    where r.finished_at is null and r.state in ('creating', 'cancelled') and not exists (
      select 1 from incidents i join changes c on c.id = i.change_id
      where c.parent_id = r.id and i.resolved_at is null)
    union all
    -- Days of usage that could not be read are asked for again after half an hour; until then the quiet stands still.
    select 'rotation watching ' || r.id, (
      select min(d.fetched_at) + interval '30 minutes' from usage_days d join keys k on k.id = r.old_key_id
      where d.connection_id = k.connection_id and d.state = 'missing') from rotations r
    where r.finished_at is null and r.state = 'watching'
      and coalesce(r.last_checked_at, r.started_at) < ${since.toISOString()}::timestamptz
    union all
    select 'deletion of key ' || k.id, k.delete_after + interval '1 hour' from keys k
    where k.deleted_at is null and k.gone_at is null
      and k.delete_after <= ${world.now().toISOString()}::timestamptz
      and not exists (select 1 from incidents i where i.key_id = k.id and i.resolved_at is null
        and i.kind in ('deletion_stopped', 'deletion_refused'))
    union all
    select 'request ' || r.state || ' ' || r.id, case when r.state = 'approved' then r.worked_until end
    from requests r
    where (r.state = 'approved' and not exists (
        select 1 from incidents i where i.change_id = r.change_id and i.resolved_at is null))
      or (r.state in ('open', 'asked_back') and r.lapses_at <= ${world.now().toISOString()}::timestamptz)
    union all
    select 'hand-over ' || h.id, (select max(c.planned_at) + interval '5 minutes' from changes c where c.key_id = h.key_id)
    from hand_overs h
    where h.collected_at is null and h.expired_at is null
      and (h.revoked_at is not null or h.expires_at <= ${world.now().toISOString()}::timestamptz)`);
  return rows.map(({ what, due }) => ({ what, due }));
}

/** Calls that Keyward gave up may still be under way at a provider. */
async function waitForLanding(world: World): Promise<void> {
  const until = Date.now() + DEAD_AFTER_MS;
  for (const vendor of world.vendors) {
    while ((await vendor.inFlight()) > 0) {
      if (Date.now() > until) throw new Error(`calls stay under way at ${vendor.name}`);
      await sleep(50);
    }
  }
}

const readSchema = z.object({ state: z.string(), failure: z.string().nullable() });

/** A complete read of every connection, begun after everything else had ended. */
async function readAll(world: World): Promise<void> {
  const [instance] = world.instances;
  if (!instance) throw new Error('no instance');
  for (const { connectionId, name } of world.vendors) {
    for (let tries = 1; ; tries += 1) {
      const answer = await instance.do('read', null, { connectionId });
      if (answer.kind === 'done' && readSchema.parse(answer.data).state === 'complete') break;
      if (tries > READ_TRIES) {
        world.tally.violate('rest comes', `${name} could not be read: ${JSON.stringify(answer)}`);
        return;
      }
      // What a killed process was reading counts as read by it for a while.
      if (tries % 5 === 0) await advanceTogether(world, 25_000);
      await sleep(100);
    }
  }
}

/** How often every chore of every process came round. */
function roundsOf({ instances }: World): number {
  return Math.min(...instances.map(({ choreRounds }) => choreRounds));
}

/** Time passes until Keyward has nothing left to do; false when that does not come. */
async function settle(world: World): Promise<boolean> {
  const since = world.now();
  const until = Date.now() + DEAD_AFTER_MS;
  const begun = roundsOf(world);
  let moved = { what: '', rounds: begun };
  for (let quiet = 0; quiet < 2; ) {
    const unrest = await findUnrest(world, since);
    if (unrest.length === 0) {
      quiet += 1;
      continue;
    }
    quiet = 0;
    const left = unrest.map(({ what, due }) => `${what} (due ${due ? new Date(due).toISOString() : 'now'})`);
    const rounds = roundsOf(world);
    const what = left.sort().join('; ');
    if (what !== moved.what) moved = { what, rounds };
    const isStuck = rounds - moved.rounds > STUCK_AFTER_ROUNDS || rounds - begun > RESTLESS_AFTER_ROUNDS;
    if (isStuck || Date.now() > until) {
      const text = `after ${rounds - begun} rounds of all chores there is still: ${what}`;
      world.tally.violate('rest comes', text);
      return false;
    }
    await passTime(world, unrest);
    await sleep(150);
  }
  return true;
}

/**
 * Everything well again: no faults, right clocks, everyone up. Then time passes until Keyward has nothing left to do,
 * and every connection is read once more, while nothing else is written. False when rest did not come.
 */
export async function waitForRest(world: World, leapMs: number): Promise<boolean> {
  await endFaults(world);
  await waitForLanding(world);
  await advanceTogether(world, leapMs);
  for (let tries = 1; tries <= 8; tries += 1) {
    if (!(await settle(world))) return false;
    await waitForLanding(world);
    const before = await countWork(world);
    await readAll(world);
    await waitForLanding(world);
    if ((await countWork(world)) === before) return true;
  }
  world.tally.violate('rest comes', 'Keyward goes on making changes by itself');
  return false;
}

/** Changes ever planned, audit rows ever written of keys, effects: the same twice means that nothing was done between. */
export async function countWork(world: World): Promise<string> {
  const { rows } = await world.place.db.execute<{ work: string }>(sql`
    select (select count(*) from changes) || ' ' || (select count(*) from audit_events where action like 'key.%') as work`);
  const effects = await Promise.all(world.vendors.map(async (vendor) => (await vendor.effects()).length));
  return [rows[0]?.work ?? '', ...effects].join(' ');
}

/** To the moment at which Keyward means to go on, at most some minutes at once: nothing is skipped. */
async function passTime(world: World, unrest: readonly Unrest[]): Promise<void> {
  const now = world.now().getTime();
  const dues = unrest.flatMap(({ due }) => (due === null ? [] : [new Date(due).getTime()]));
  const next = dues.length === 0 ? now : Math.min(...dues);
  if (next > now) await advanceTogether(world, Math.min(next - now + 50, 600_000));
}
