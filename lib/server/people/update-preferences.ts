import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import {
  type Preferences,
  preferencesSchema,
  readPreferences,
  type UpdatePreferencesInput,
} from '@/lib/domain/people/preferences';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { getUserRow } from './get-user-row';

/** Keeps the columns of one table for oneself. Not audited: it changes nobody's view but one's own. */
export async function updatePreferences(
  context: ServerContext,
  input: UpdatePreferencesInput,
): Promise<Preferences> {
  requirePermission(context, 'account.write');
  const { id } = requireUser(context);
  return withTransaction(context, async (tx) => {
    const stored = readPreferences((await getUserRow(tx, id)).preferences);
    const preferences = preferencesSchema.parse({
      ...stored,
      tables: { ...stored.tables, [input.table]: input.preference },
    });
    await tx.update(users).set({ preferences }).where(eq(users.id, id));
    return preferences;
  });
}
