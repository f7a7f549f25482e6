import 'server-only';
import { createHash } from 'node:crypto';
import { bulkPermission, type PreviewBulkInput } from '@/lib/domain/bulk/bulk-action';
import type { BulkBefore } from '@/lib/domain/bulk/bulk-item';
import type { BulkPreview, BulkPreviewRow } from '@/lib/domain/bulk/bulk-view';
import { type BulkKey, decideBulk, deleteConfirmation } from '@/lib/domain/bulk/decide-bulk';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import type { ServerContext } from '../context';
import { loadBulkKeys } from './load-bulk-keys';

function beforeOf({ limit, includeByokInLimit, isDisabled, teamId, ownerId }: BulkKey): BulkBefore {
  return { limit, includeByokInLimit, isDisabled, teamId, ownerId };
}

function digestOf(rows: readonly BulkPreviewRow[]): string {
  const decided = rows.map(({ keyId, before, wish }) => ({ keyId, before, wish }));
  return createHash('sha256').update(canonicalJson(decided)).digest('hex');
}

/** What would become of each key, with what it means, or why it is left as it is. Changes nothing. */
export async function previewBulk(context: ServerContext, input: PreviewBulkInput): Promise<BulkPreview> {
  const { action } = input;
  const loaded = await loadBulkKeys(context, bulkPermission(action.kind), input.keyIds);
  const rows = loaded.map((key): BulkPreviewRow => {
    const decision = decideBulk(action, key);
    return {
      keyId: key.keyId,
      name: key.name,
      connectionName: key.connectionName,
      before: beforeOf(key),
      wish: decision.kind === 'change' ? decision.wish : null,
      words: decision.kind === 'change' ? decision.means : decision.reason,
      isInUse: key.isInUse,
    };
  });
  const changing = rows.filter(({ wish }) => wish !== null);
  const inUse = changing.filter(({ isInUse }) => isInUse).length;
  return {
    rows,
    changes: changing.length,
    skipped: rows.length - changing.length,
    inUse,
    digest: digestOf(rows),
    confirmation: deleteConfirmation(action, changing.length, inUse),
  };
}
