import type { Database } from '@/lib/db/client';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import type { SettleTiming } from '@/lib/domain/changes/settle-timing';
import { getBulkRun } from '@/lib/server/bulk/get-bulk-run';
import { previewBulk } from '@/lib/server/bulk/preview-bulk';
import { startBulkRun } from '@/lib/server/bulk/start-bulk-run';
import type { ServerContext } from '@/lib/server/context';
import { createKey } from '@/lib/server/keys/create-key';
import { as, type TestEmulator, type TestVendor } from './connected';
import { actorOf } from './context';
import { insertUser } from './factories';
import { connectForSettling, FAST, keyWish, trueKeys } from './settling';

/** More or less than now, in percent. */
export function percentOf(percent: number): BulkAction {
  return { kind: 'set_limit', rule: { by: 'percent', percent } };
}

let serial = 0;

type BulkWorld = { readonly vendor?: TestVendor; readonly timing?: SettleTiming };

/** A person with so many fresh keys, each capped at $25 a month, and the ways to change them all. */
export async function setUpBulk(
  db: Database,
  count: number,
  emulator: TestEmulator,
  { vendor = 'openrouter', timing = FAST }: BulkWorld = {},
) {
  const { context: system, connectionId } = await connectForSettling(db, vendor, emulator, { timing });
  const person = await insertUser(db);
  const context = as(system, actorOf(person));
  serial += 1;
  const prefix = `bulk-${serial}`;
  const keyIds: number[] = [];
  for (let index = 0; index < count; index += 1) {
    keyIds.push((await createKey(context, keyWish(connectionId, `${prefix}-${index}`))).keyId);
  }
  const start = async (action: BulkAction, ids: readonly number[] = keyIds) => {
    const input = { keyIds: [...ids], action };
    const { digest, confirmation } = await previewBulk(context, input);
    const given = { ...input, digest, confirmation: confirmation ?? '', reason: 'quarter end' };
    return (await startBulkRun(context, given)).runId;
  };
  const view = (runId: string) => getBulkRun(context, { runId, page: 1, state: null });
  const amounts = async () => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) {
      found.push((await trueKeys(emulator, `${prefix}-${index}`))[0]?.amount ?? -1);
    }
    return found;
  };
  const later = (ms: number): ServerContext => ({ ...context, now: () => new Date(Date.now() + ms) });
  return { emulator, context, system, person, prefix, keyIds, start, view, amounts, later, connectionId };
}
