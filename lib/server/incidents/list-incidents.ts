import 'server-only';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { connections, incidents, keys, users } from '@/lib/db/schema';
import { type IncidentView, incidentKinds } from '@/lib/domain/changes/incident';
import { requirePermission, type ServerContext } from '../context';

export type ListIncidentsInput = {
  readonly isOpenOnly?: boolean | undefined;
  readonly keyId?: number | undefined;
  readonly limit?: number | undefined;
};

const kindSchema = z.enum(incidentKinds);
const factsSchema = z.record(z.string(), z.unknown());

/** What asks a person, newest first. */
export async function listIncidents(
  context: ServerContext,
  input: ListIncidentsInput = {},
): Promise<readonly IncidentView[]> {
  requirePermission(context, 'audit.read');
  const rows = await context.db
    .select({
      incident: incidents,
      connectionName: connections.name,
      keyName: keys.name,
      resolvedByName: users.name,
    })
    .from(incidents)
    .leftJoin(connections, eq(connections.id, incidents.connectionId))
    .leftJoin(keys, eq(keys.id, incidents.keyId))
    .leftJoin(users, eq(users.id, incidents.resolvedBy))
    .where(
      and(
        input.isOpenOnly ? isNull(incidents.resolvedAt) : undefined,
        input.keyId === undefined ? undefined : eq(incidents.keyId, input.keyId),
      ),
    )
    .orderBy(desc(incidents.openedAt))
    .limit(input.limit ?? 200);
  return rows.map(({ incident, ...names }) => ({
    id: incident.id,
    kind: kindSchema.parse(incident.kind),
    title: incident.title,
    facts: factsSchema.parse(incident.facts),
    connectionId: incident.connectionId,
    keyId: incident.keyId,
    changeId: incident.changeId,
    openedAt: incident.openedAt.toISOString(),
    resolvedAt: incident.resolvedAt?.toISOString() ?? null,
    resolution: incident.resolution,
    ...names,
  }));
}
