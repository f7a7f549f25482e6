import 'server-only';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { findSetting } from '../settings/store-setting';

/** What a restore kept; see `scripts/lib/backup/after-restore.ts`. */
const restoreSchema = z.object({ backupOf: z.iso.datetime(), creates: z.array(z.string()) });

/** A create that was under way at the moment of the backup. `backupOf` is an ISO instant. */
export type RestoredCreate = { readonly backupOf: string };

/**
 * Whether a create was under way when the backup was taken that this database was restored from: what happened to it
 * afterwards is not known here, and its secret may be in use.
 */
export async function findRestoredCreate(db: Queryable, changeId: string): Promise<RestoredCreate | null> {
  const restore = restoreSchema.safeParse(await findSetting(db, 'restore')).data;
  return restore?.creates.includes(changeId) ? { backupOf: restore.backupOf } : null;
}
