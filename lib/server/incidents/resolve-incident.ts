import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { incidents } from '@/lib/db/schema';
import type { resolveIncidentSchema } from '@/lib/domain/changes/change-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, notFound } from '../errors';

/**
 * A person closes an incident with what they found. Throws `conflict` for one that needs a decision of its own
 * (which key a lost create made), or that is closed.
 */
export async function resolveIncident(
  context: ServerContext,
  input: z.output<typeof resolveIncidentSchema>,
): Promise<void> {
  requirePermission(context, 'keys.update');
  const person = requireUser(context);
  await withTransaction(context, async (tx) => {
    const [row] = await tx.select().from(incidents).where(eq(incidents.id, input.incidentId)).for('update');
    if (!row) throw notFound('incident');
    if (row.resolvedAt) throw new AppError('conflict', 'This incident is closed already.');
    if (row.kind === 'create_ambiguous') {
      throw new AppError('conflict', 'Say which of the keys came from the lost create, or that none did.');
    }
    await tx
      .update(incidents)
      .set({ resolvedAt: context.now(), resolvedBy: person.id, resolution: input.resolution })
      .where(and(eq(incidents.id, row.id), isNull(incidents.resolvedAt)));
    await appendAudit(tx, context, {
      action: 'incident.resolve',
      subjectKind: 'incident',
      subjectId: row.id,
      subjectName: row.title,
      connectionId: row.connectionId,
      keyId: row.keyId,
      changeId: row.changeId,
      after: { resolution: input.resolution },
      outcome: 'done',
    });
  });
}
