import 'server-only';
import { assignNewKeys } from '../assignment/assign-new-keys';
import { type ServerContext, withTransaction } from '../context';
import { noteDrift } from '../drift/note-drift';
import { createKeyStage } from './key-stage';
import { openForReading, requireReadable } from './open-for-reading';
import { askAccount, storeAccount } from './read-account';
import { storeContainers } from './store-account';
import { storeKeys } from './store-keys';
import { type ReadEnd, type ReadResult, trackRead } from './track-read';
import { lastAuditRow, listWrittenSince } from './written-since';

export type ReadConnectionInput = {
  readonly connectionId: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Reads every key of a connection and brings the mirror to it in one transaction. What was not found by a complete
 * read is marked gone, never deleted; a partial or failed read marks nothing. Throws `forbidden`, `not_found`, and
 * `conflict` while the connection is paused or its keys are being read.
 */
export async function readKeys(context: ServerContext, input: ReadConnectionInput): Promise<ReadResult> {
  const connection = await requireReadable(context, input.connectionId);
  return trackRead(
    context,
    connection,
    { kind: 'keys', signal: input.signal },
    async (read): Promise<ReadEnd> => {
      const { signal, startedAt } = read;
      const provider = await openForReading(context, connection);
      const auditRow = await lastAuditRow(context.db);
      const stage = createKeyStage(context.db, read.id);
      const listing = provider.reads.listKeys({ signal, onProgress: read.report, onKeys: stage.offer });
      const staged = await listing.then(stage.settle, stage.settle);
      const inventory = await listing;
      signal.throwIfAborted();
      const { keys, containers, isComplete } = inventory;
      read.report(keys.length, keys.length);
      // The account answers while its keys are being stored.
      const [account] = await Promise.all([
        askAccount(context, connection, provider, { signal, containers }),
        withTransaction(context, async (tx) => {
          await read.requireRunning(tx);
          const storedAt = context.now();
          const elapsedMs = read.elapsedMs();
          const told = { connectionId: connection.id, isComplete };
          await storeContainers(tx, containers, { ...told, at: storedAt });
          const writtenIds = await listWrittenSince(tx, connection.id, auditRow);
          const span = { startedAt, storedAt, elapsedMs, writtenIds };
          const differences = await storeKeys(tx, { ...told, ...span, keys, staged });
          await noteDrift(
            tx,
            context,
            {
              readId: read.id,
              connectionId: connection.id,
              connectionName: connection.name,
              startedAt,
              storedAt,
              elapsedMs,
            },
            differences,
          );
          await assignNewKeys(tx, context, { connectionId: connection.id, storedAt });
        }),
      ]);
      await storeAccount(context, connection.id, account);
      const { failures } = account;
      if (isComplete)
        return { state: 'complete', failure: failures.length === 0 ? null : failures.join(' ') };
      return { state: 'partial', failure: inventory.failure ?? 'Part of the account could not be read.' };
    },
  );
}
