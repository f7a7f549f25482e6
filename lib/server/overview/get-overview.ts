import 'server-only';
import { sql } from 'drizzle-orm';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { decodeRecentSpend } from '@/lib/domain/keys/recent-spend';
import { keyAttention } from '@/lib/domain/overview/key-attention';
import type { Need, OverviewView } from '@/lib/domain/overview/overview-view';
import { readNeeds } from '@/lib/domain/overview/read-needs';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { presetRange } from '@/lib/domain/spend/spend-range';
import { requirePermission, type ServerContext } from '../context';
import { countDrift } from '../drift/list-drift';
import { listIncidents } from '../incidents/list-incidents';
import { getKeysTable, keysWithinTeams } from '../keys/get-keys-table';
import { getRecentSpend } from '../keys/get-recent-spend';
import { listOverdueRaises } from '../raises/list-overdue-raises';
import { getFreshness } from '../reads/get-freshness';
import { countWaitingRequests } from '../requests/list-requests';
import { getSpend } from '../spend/get-spend';
import { countLeft } from '../teams/list-left-people';

const MOST_UNKNOWN_CHANGES = 20;
const MOST_INCIDENTS = 20;

type ChangeNeed = Extract<Need, { kind: 'unknown_change' }>;
type ChangeRow = Omit<ChangeNeed, 'kind' | 'at'> & { at: Date };

/** Writes whose outcome nobody knows yet, oldest first. */
async function listUnknownChanges(
  context: ServerContext,
  teams: readonly number[] | null,
): Promise<readonly ChangeNeed[]> {
  const { rows } = await context.db.execute<ChangeRow>(sql`
    select h.id as "changeId", h.kind as change, h.key_id as "keyId", k.name as "keyName", c.name as connection,
      h.actor_name as "actorName", h.planned_at as at
    from changes h join connections c on c.id = h.connection_id left join keys k on k.id = h.key_id
    where h.state = 'unknown' and ${keysWithinTeams(teams)}
    order by h.planned_at limit ${MOST_UNKNOWN_CHANGES}`);
  return rows.map((row) => ({ ...row, kind: 'unknown_change', at: row.at.toISOString() }));
}

function may({ actor }: ServerContext, permission: Permission): boolean {
  return actor.kind === 'system' || reachOf(actor.role, permission) !== null;
}

/** What only a person can settle, then what is still being checked and asks nobody yet. */
async function listChangeNeeds(
  context: ServerContext,
  teams: readonly number[] | null,
): Promise<readonly Need[]> {
  const unknown = await listUnknownChanges(context, teams);
  if (!may(context, 'audit.read')) return unknown;
  const incidents = await listIncidents(context, { isOpenOnly: true, limit: MOST_INCIDENTS });
  const asked = new Set(incidents.map(({ changeId }) => changeId));
  const drift = await countDrift(context);
  return [
    ...(await listOverdueRaises(context)),
    ...incidents.map(({ id, title, openedAt }): Need => {
      return { kind: 'incident', incidentId: id, title, at: openedAt };
    }),
    ...unknown.filter(({ changeId }) => !asked.has(changeId)),
    ...(drift > 0 ? [{ kind: 'drift' as const, count: drift }] : []),
  ];
}

async function listRequestNeeds(context: ServerContext): Promise<readonly Need[]> {
  const count = await countWaitingRequests(context);
  return count > 0 ? [{ kind: 'requests', count }] : [];
}

async function listLeftNeeds(context: ServerContext): Promise<readonly Need[]> {
  const left = await countLeft(context);
  return left.keys > 0 ? [{ kind: 'left_keys', ...left }] : [];
}

/**
 * What one should know on arriving: the month's spend by team, the keys worth a look, and what waits for a
 * person. Every figure comes from the verbs of the pages that it links to. A lead sees their teams only.
 */
export async function getOverview(context: ServerContext): Promise<OverviewView> {
  const reach = requirePermission(context, 'overview.read');
  const teams = reach === 'teams' && context.actor.kind === 'user' ? context.actor.teamIds : null;
  const now = context.now();
  const range = presetRange('this-month', utcDayOf(now));
  // What takes longest is asked for at first, and nothing waits for it.
  const [table, recentWire, spend, freshness, changes, requests, left] = await Promise.all([
    getKeysTable(context, { isLean: true }),
    getRecentSpend(context),
    getSpend(context, { ...range, by: 'team', connections: [], teams: [] }),
    getFreshness(context),
    listChangeNeeds(context, teams),
    listRequestNeeds(context),
    may(context, 'keys.assign') ? listLeftNeeds(context) : [],
  ]);
  const rows = decodeKeysTable(table, now);
  const recent = decodeRecentSpend(recentWire);
  return {
    asOf: now.toISOString(),
    hasConnection: freshness.connections.length > 0,
    spend,
    attention: keyAttention(rows, recent, now),
    needs: [
      ...requests,
      ...changes,
      ...(may(context, 'connections.read') ? readNeeds(freshness, now.getTime()) : []),
      ...left,
    ],
  };
}
