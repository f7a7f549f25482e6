import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import type { UpdateKeyLabelsInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError, invalidField } from '../errors';
import { loadChangeableKey } from './load-key';

/** Replaces all labels of a key, where the provider has labels; the provider knows no adding of one. */
export async function updateKeyLabels(
  context: ServerContext,
  input: UpdateKeyLabelsInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const { key, connection, capabilities } = await loadChangeableKey(context, 'keys.update', input.keyId);
  if (!capabilities.labels.can) throw new AppError('unsupported', capabilities.labels.reason);
  if (canonicalJson(key.labels) !== canonicalJson(input.seenLabels)) {
    throw new AppError(
      'stale',
      'The labels were changed since you opened this form. Nothing was overwritten.',
      {
        facts: { seen: input.seenLabels, current: key.labels },
      },
    );
  }
  if (canonicalJson(key.labels) === canonicalJson(input.labels)) {
    throw invalidField('labels', 'Nothing was edited.');
  }
  const { changeId } = await runChange(context, {
    kind: 'set_labels',
    connection,
    key,
    wish: { labels: input.labels },
    before: { labels: key.labels },
    reason: input.reason,
    parentId: options.parentId,
    send: (writes) => writes.updateKey(key.externalId, { labels: input.labels }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ labels: input.labels, writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      return { keyId: key.id, after: { labels: input.labels } };
    },
  });
  return { changeId };
}
