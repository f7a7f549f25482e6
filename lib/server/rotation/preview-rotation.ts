import 'server-only';
import type { RotationPreview } from '@/lib/domain/rotation/rotation-view';
import { requirePermission, type ServerContext } from '../context';
import { findDeleteGrace } from '../keys/delete-grace';
import { loadChangeableKey } from '../keys/load-key';
import { findObstacle, planKey, proposeName } from './plan-key';

/** What a rotation of the key would make and what it cannot take along; nothing is changed. */
export async function previewRotation(
  context: ServerContext,
  input: { readonly keyId: number },
): Promise<RotationPreview> {
  requirePermission(context, 'keys.create');
  const loaded = await loadChangeableKey(context, 'keys.delete', input.keyId);
  const { notes } = await planKey(context, loaded);
  return {
    keyId: loaded.key.id,
    name: await proposeName(context.db, loaded),
    notes,
    obstacle: await findObstacle(context, loaded),
    graceDays: (await findDeleteGrace(context.db)).days,
  };
}
