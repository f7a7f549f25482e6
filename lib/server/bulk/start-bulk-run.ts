import 'server-only';
import type { StartBulkRunInput } from '@/lib/domain/bulk/bulk-action';
import { requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { insertBulkRun } from './insert-bulk-run';
import { previewBulk } from './preview-bulk';

/**
 * Starts what a preview showed. Throws `stale` when a key changed since the preview, `invalid` when nothing
 * would change or the typed words are missing. Needs a person: the steps act as the one who started them.
 */
export async function startBulkRun(
  context: ServerContext,
  input: StartBulkRunInput,
): Promise<{ readonly runId: string }> {
  const person = requireUser(context);
  const preview = await previewBulk(context, input);
  if (preview.digest !== input.digest) {
    throw new AppError('stale', 'Some of these keys changed since the preview. Look at it again.');
  }
  if (preview.changes === 0) throw new AppError('invalid', 'None of these keys would change.');
  if (preview.confirmation !== null && input.confirmation !== preview.confirmation) {
    throw invalidField(
      'confirmation',
      `Keys in use are among them. Type “${preview.confirmation}” to confirm.`,
    );
  }
  const items = preview.rows.map(({ keyId, before, wish, words }) => ({
    keyId,
    before,
    wish,
    message: words,
  }));
  return withTransaction(context, (tx) =>
    insertBulkRun(tx, context, person, { action: input.action, reason: input.reason, items }),
  );
}
