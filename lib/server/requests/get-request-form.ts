import 'server-only';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { connections, containers, keys, teams } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import type { RequestFormInput } from '@/lib/domain/requests/request-input';
import type { FormTeam, NewKeyCapabilities, RequestFormView } from '@/lib/domain/requests/request-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import { requireUser, type ServerContext, teamsWithinReach } from '../context';
import { loadKey } from '../keys/load-key';
import { listEarlier, loadKeyEvidence } from './load-evidence';
import { loadEveryonesRules, loadStanding } from './load-rules';
import { listApprovers } from './tell-request';

const MOST_KEYS = 2_000;

async function listTeamsToAskFor(
  context: ServerContext,
  reach: readonly number[] | null,
): Promise<readonly FormTeam[]> {
  const rows = await context.db
    .select({ id: teams.id })
    .from(teams)
    .where(and(isNull(teams.archivedAt), reach === null ? undefined : inArray(teams.id, [...reach])))
    .orderBy(asc(sql`lower(${teams.name})`));
  const told: FormTeam[] = [];
  for (const { id } of rows) {
    const { team, rules } = await loadStanding(context, context.db, id);
    if (team) told.push({ ...team, rules });
  }
  return told;
}

function newKeyCapabilities(all: Capabilities): NewKeyCapabilities {
  const { limitPeriods, unlimitedAtCreation, byokInLimit, containerAtCreation } = all;
  const { permissionsAtCreation, expiryAtCreation, expiryLater } = all;
  return {
    ...{ limitPeriods, unlimitedAtCreation, byokInLimit, containerAtCreation },
    ...{ permissionsAtCreation, expiryAtCreation, expiryLater, containers: all.containers },
  };
}

async function listConnectionsToAskAt(context: ServerContext): Promise<RequestFormView['connections']> {
  const rows = await context.db
    .select()
    .from(connections)
    .where(eq(connections.state, 'active'))
    .orderBy(asc(sql`lower(${connections.name})`));
  const places = await context.db
    .select({ id: containers.id, name: containers.name, connectionId: containers.connectionId })
    .from(containers)
    .where(isNull(containers.goneAt))
    .orderBy(asc(sql`lower(${containers.name})`), asc(containers.id));
  return rows.map(({ id, name, provider, generation }) => ({
    id,
    name,
    providerName: providerWords[provider].name,
    capabilities: newKeyCapabilities(capabilitiesOf(provider, generation)),
    containers: places.flatMap((place) =>
      place.connectionId === id ? [{ id: place.id, name: place.name }] : [],
    ),
  }));
}

async function listKeysToAskAbout(
  context: ServerContext,
  reach: readonly number[] | null,
): Promise<RequestFormView['keys']> {
  if (reach !== null && reach.length === 0) return [];
  return context.db
    .select({ id: keys.id, name: keys.name, connectionName: connections.name })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .where(
      and(
        isNull(keys.goneAt),
        isNull(keys.deletedAt),
        eq(connections.state, 'active'),
        reach === null ? undefined : inArray(keys.teamId, [...reach]),
      ),
    )
    .orderBy(asc(sql`lower(${keys.name})`), asc(keys.id))
    .limit(MOST_KEYS);
}

/**
 * What the form shows: the evidence that the approver will see, and the rules by which it tells what a wish would
 * need. Throws `not_found` for a key out of reach.
 */
export async function getRequestForm(
  context: ServerContext,
  { keyId }: RequestFormInput,
): Promise<RequestFormView> {
  const reach = teamsWithinReach(context, 'requests.create');
  const { id: userId } = requireUser(context);
  const loaded = keyId === null ? null : await loadKey(context, 'requests.create', keyId);
  return {
    asOf: context.now().toISOString(),
    key: keyId === null ? null : await loadKeyEvidence(context, keyId),
    keyTeamId: loaded?.key.teamId ?? null,
    earlier: keyId === null ? [] : await listEarlier(context, keyId, undefined),
    teams: await listTeamsToAskFor(context, reach),
    rules: await loadEveryonesRules(context.db),
    connections: await listConnectionsToAskAt(context),
    keys: await listKeysToAskAbout(context, reach),
    otherApprovers: (await listApprovers(context.db, userId)).length,
  };
}
