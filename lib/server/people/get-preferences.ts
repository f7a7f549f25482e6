import 'server-only';
import { type Preferences, readPreferences } from '@/lib/domain/people/preferences';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { getUserRow } from './get-user-row';

/** What the person keeps from visit to visit. */
export async function getPreferences(context: ServerContext): Promise<Preferences> {
  requirePermission(context, 'account.write');
  const user = await getUserRow(context.db, requireUser(context).id);
  return readPreferences(user.preferences);
}
