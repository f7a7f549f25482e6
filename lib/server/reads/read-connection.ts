import 'server-only';
import type { ServerContext } from '../context';
import { readUsage } from '../usage/read-usage';
import { type ReadConnectionInput, readKeys } from './read-keys';

/** Reads a connection's keys, then its usage; usage waits for nothing when the keys could not be read. */
export async function readConnection(context: ServerContext, input: ReadConnectionInput): Promise<void> {
  const { state } = await readKeys(context, input);
  if (state === 'cancelled') return;
  await readUsage(context, input);
}
