import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { users } from '@/lib/db/schema';
import type { chooseMailSchema } from '@/lib/domain/notifications/notification-input';
import type { MailChoicesView } from '@/lib/domain/notifications/notification-view';
import { topics, topicWords } from '@/lib/domain/notifications/topic';
import { preferencesSchema, readPreferences } from '@/lib/domain/people/preferences';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { getUserRow } from '../people/get-user-row';

/** What one gets by email too: each topic that one's role is told about. */
export async function getMailChoices(context: ServerContext): Promise<MailChoicesView> {
  requirePermission(context, 'account.write');
  const { id, role } = requireUser(context);
  const user = await getUserRow(context.db, id);
  const chosen = readPreferences(user.preferences).mail;
  return {
    isMailSet: context.messaging !== undefined && context.messaging.mail !== null,
    email: user.email,
    topics: topics.flatMap((topic) => {
      const { group, label, isForAdmins, isMailedByDefault } = topicWords[topic];
      if (isForAdmins && role !== 'admin') return [];
      return [{ topic, group, label, isMailed: chosen[topic] ?? isMailedByDefault }];
    }),
  };
}

/** Chooses for oneself whether a topic comes by email too. Not audited: it concerns nobody else. */
export async function chooseMail(
  context: ServerContext,
  { topic, isMailed }: z.output<typeof chooseMailSchema>,
): Promise<void> {
  requirePermission(context, 'account.write');
  const { id } = requireUser(context);
  await withTransaction(context, async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('update');
    const stored = readPreferences((await getUserRow(tx, id)).preferences);
    const preferences = preferencesSchema.parse({ ...stored, mail: { ...stored.mail, [topic]: isMailed } });
    await tx.update(users).set({ preferences }).where(eq(users.id, id));
  });
}
