import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { UpdateKeyLimitInput } from '@/lib/domain/keys/key-input';
import { decideLimit, type LimitDecision, type LimitSetting } from '@/lib/domain/limits/decide-limit';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { limitColumns, loadChangeableKey } from './load-key';
import { readLimitNow } from './read-limit-now';

function requireAllowed(decision: LimitDecision): Extract<LimitDecision, { kind: 'allowed' }>['patch'] {
  switch (decision.kind) {
    case 'allowed':
      return decision.patch;
    case 'stale':
      throw new AppError(
        'stale',
        'The limit was changed since you opened this form. Nothing was overwritten.',
        {
          facts: { seen: decision.seen, current: decision.current },
        },
      );
    case 'unsupported':
      throw new AppError('unsupported', decision.reason, {
        fieldErrors: { [decision.field]: [decision.reason] },
      });
    case 'unchanged':
      throw new AppError('invalid', 'Nothing was edited.', {
        fieldErrors: { limit: ['This is the limit already.'] },
      });
  }
}

/**
 * Sets a key's limit. Sends only what was edited, and nothing at all when the limit changed since the form
 * opened, here or at the provider (`stale`, with what was seen and what is there now).
 */
export async function updateKeyLimit(
  context: ServerContext,
  input: UpdateKeyLimitInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const loaded = await loadChangeableKey(context, 'keys.update', input.keyId);
  const { key, connection, capabilities } = loaded;
  const current = await readLimitNow(context, loaded);
  const { limit, includeByokInLimit } = requireAllowed(decideLimit(capabilities, current, input));
  const after: LimitSetting = {
    limit: limit ?? current.limit,
    includeByokInLimit: includeByokInLimit ?? current.includeByokInLimit,
  };
  const { changeId } = await runChange(context, {
    kind: 'set_limit',
    connection,
    key,
    wish: { limit, includeByokInLimit },
    before: current,
    reason: input.reason,
    parentId: options.parentId,
    requireStill: options.requireStill,
    send: (writes) =>
      writes.updateKey(key.externalId, {
        limit: limit && { from: current.limit, to: limit },
        includeByokInLimit,
      }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({
          ...limitColumns(after.limit),
          includeByokInLimit: after.includeByokInLimit,
          limitRemaining: null,
          writtenAt: context.now(),
        })
        .where(eq(keys.id, key.id));
      return { keyId: key.id, after };
    },
  });
  return { changeId };
}
