import 'server-only';
import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { incidents } from '@/lib/db/schema';
import type { IncidentKind } from '@/lib/domain/changes/incident';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { notify, toAdmins } from '../notifications/notify';

export type NewIncident = {
  readonly kind: IncidentKind;
  readonly title: string;
  /** Null for what concerns no connection. */
  readonly connectionId: number | null;
  readonly keyId?: number | null | undefined;
  readonly changeId?: string | null | undefined;
  /** What the person needs to decide. No secrets. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Who is told of the same in other words. */
  readonly toldOtherwise?: string | null | undefined;
};

/** The open incident of a change; null when there is none. */
export async function findIncidentOf(db: Queryable, changeId: string): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.changeId, changeId), isNull(incidents.resolvedAt)))
    .limit(1);
  return row ?? null;
}

/** Asks a person, once: while an incident of the same change is open no other is opened. Audited; admins are told. */
export async function openIncident(
  tx: Transaction,
  context: ServerContext,
  incident: NewIncident,
): Promise<void> {
  if (incident.changeId && (await findIncidentOf(tx, incident.changeId))) return;
  const { kind, title, connectionId, facts } = incident;
  const keyId = incident.keyId ?? null;
  const changeId = incident.changeId ?? null;
  const [row] = await tx
    .insert(incidents)
    .values({ kind, title, connectionId, keyId, changeId, facts, openedAt: context.now() })
    .returning({ id: incidents.id });
  await appendAudit(tx, context, {
    action: 'incident.open',
    subjectKind: 'incident',
    subjectId: row?.id,
    subjectName: title,
    connectionId,
    keyId,
    changeId,
    after: facts,
    outcome: 'done',
  });
  if (!row) throw new Error('the incident was not stored');
  await notify(tx, context, {
    topic: 'incident.opened',
    to: (await toAdmins(tx)).filter((id) => id !== incident.toldOtherwise),
    title: title.replace(/\.$/, ''),
    body: 'It waits for a person to look at it.',
    href: '/changes',
    dedupeKey: `incident:${row.id}`,
  });
}

/** Asks a person, unless a question of this kind about the same key is open already. Answers whether it asked. */
export async function askOnce(context: ServerContext, incident: NewIncident): Promise<boolean> {
  return withTransaction(context, async (tx) => {
    const keyId = incident.keyId ?? null;
    const [open] = await tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(
        and(
          eq(incidents.kind, incident.kind),
          keyId === null ? isNull(incidents.keyId) : eq(incidents.keyId, keyId),
          isNull(incidents.resolvedAt),
        ),
      )
      .limit(1);
    if (open) return false;
    await openIncident(tx, context, incident);
    return true;
  });
}

/** Closes what was open of one kind about a key. Audited. */
export async function closeIncidentsOfKey(
  tx: Transaction,
  context: ServerContext,
  of: { readonly kind: IncidentKind; readonly keyId: number },
  resolution: string,
): Promise<void> {
  await closeWhere(tx, context, and(eq(incidents.kind, of.kind), eq(incidents.keyId, of.keyId)), resolution);
}

/** Closes what was open about a change, because its outcome is known now. Audited. */
export async function closeIncidentsOf(
  tx: Transaction,
  context: ServerContext,
  changeId: string,
  resolution: string,
): Promise<void> {
  await closeWhere(tx, context, eq(incidents.changeId, changeId), resolution);
}

async function closeWhere(
  tx: Transaction,
  context: ServerContext,
  isMeant: SQL | undefined,
  resolution: string,
): Promise<void> {
  const closed = await tx
    .update(incidents)
    .set({
      resolvedAt: context.now(),
      resolvedBy: context.actor.kind === 'user' ? context.actor.id : null,
      resolution,
    })
    .where(and(isMeant, isNull(incidents.resolvedAt)))
    .returning();
  for (const row of closed) {
    await appendAudit(tx, context, {
      action: 'incident.resolve',
      subjectKind: 'incident',
      subjectId: row.id,
      subjectName: row.title,
      connectionId: row.connectionId,
      keyId: row.keyId,
      changeId: row.changeId,
      after: { resolution },
      outcome: 'done',
    });
  }
}
