import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { keys } from '@/lib/db/schema';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { ServerContext } from '../context';
import { withdrawHandOvers } from '../hand-over/withdraw-hand-overs';
import { limitColumns } from '../keys/load-key';
import type { LoadedChange } from './change-row';

type FoundMirror = {
  /** What the ledger and the audit keep of it. */
  readonly after: Readonly<Record<string, unknown>>;
  readonly write: (tx: Transaction) => Promise<number>;
};

type Columns = Partial<typeof keys.$inferInsert>;

/** The columns that a change of this kind moves, as they were found at the provider. */
function columnsOf(
  { row }: LoadedChange,
  found: ProviderKey | null,
  at: Date,
): { readonly columns: Columns; readonly after: Readonly<Record<string, unknown>> } {
  if (row.kind === 'delete_key' || found === null) {
    return { columns: { deletedAt: at, deleteAfter: null }, after: { deletedAt: at.toISOString() } };
  }
  switch (row.kind) {
    case 'set_limit': {
      const { limit, includeByokInLimit, limitRemaining = null } = found;
      return {
        columns: { ...limitColumns(limit), includeByokInLimit, limitRemaining },
        after: { limit, includeByokInLimit: includeByokInLimit ?? null },
      };
    }
    case 'rename_key':
      return { columns: { name: found.name }, after: { name: found.name } };
    case 'disable_key':
    case 'enable_key':
      return stateColumnsOf(row, found);
    case 'set_labels':
      return { columns: { labels: found.labels ?? {} }, after: { labels: found.labels ?? {} } };
    case 'set_expiry':
      return {
        columns: { expiresAt: found.expiresAt },
        after: { expiresAt: found.expiresAt?.toISOString() ?? null },
      };
    case 'create_key':
      throw new Error('a create is mirrored from its listing');
  }
}

const deletionWish = z.object({ deleteAfter: z.iso.datetime() });

/** A key that was disabled to be deleted keeps the day that was wished for; an enabled one waits for nothing. */
function stateColumnsOf({ wish, requestedBy }: LoadedChange['row'], { isDisabled }: ProviderKey) {
  if (!isDisabled) {
    return { columns: { isDisabled, deleteAfter: null, deleteAskedBy: null }, after: { isDisabled } };
  }
  const deletion = deletionWish.safeParse(wish);
  if (!deletion.success) return { columns: { isDisabled }, after: { isDisabled } };
  const { deleteAfter } = deletion.data;
  return {
    columns: { isDisabled, deleteAfter: new Date(deleteAfter), deleteAskedBy: requestedBy },
    after: { isDisabled, deleteAfter },
  };
}

/** Brings the mirror to what a look found after a lost answer, as the verb would have done after a good one. */
export function mirrorFound(
  context: ServerContext,
  change: LoadedChange & { readonly key: NonNullable<LoadedChange['key']> },
  found: ProviderKey | null,
): FoundMirror {
  const at = context.now();
  const { columns, after } = columnsOf(change, found, at);
  return {
    after,
    write: async (tx) => {
      await tx
        .update(keys)
        .set({ ...columns, writtenAt: at })
        .where(eq(keys.id, change.key.id));
      if (columns.deletedAt || columns.deleteAfter) await withdrawHandOvers(tx, context, change.key.id);
      return change.key.id;
    },
  };
}
