'use server';

import { z } from 'zod';
import { deleteGraceSchema } from '@/lib/domain/keys/delete-grace-schema';
import { undoDeleteKeySchema } from '@/lib/domain/keys/key-input';
import { countLastHour } from '@/lib/server/keys/count-last-hour';
import { getDeleteGrace, updateDeleteGrace } from '@/lib/server/keys/delete-grace';
import { listWaitingDeletions } from '@/lib/server/keys/list-waiting-deletions';
import { undoDeleteKey } from '@/lib/server/keys/undo-delete-key';
import { runAction } from './run-action';

const nothing = z.object({});

export async function undoDeleteKeyAction(input: z.input<typeof undoDeleteKeySchema>) {
  return runAction(undoDeleteKeySchema, input, undoDeleteKey);
}

export async function countLastHourAction(input: { keyId: number }) {
  return runAction(z.object({ keyId: z.int().positive() }), input, countLastHour);
}

export async function getDeleteGraceAction() {
  return runAction(nothing, {}, getDeleteGrace);
}

export async function updateDeleteGraceAction(input: z.input<typeof deleteGraceSchema>) {
  return runAction(deleteGraceSchema, input, updateDeleteGrace);
}

export async function listWaitingDeletionsAction() {
  return runAction(nothing, {}, listWaitingDeletions);
}
