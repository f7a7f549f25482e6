'use server';

import type { z } from 'zod';
import { bulkRunIdSchema, previewBulkSchema, startBulkRunSchema } from '@/lib/domain/bulk/bulk-action';
import { retryBulkRun, undoBulkRun } from '@/lib/server/bulk/follow-bulk-run';
import { previewBulk } from '@/lib/server/bulk/preview-bulk';
import { startBulkRun } from '@/lib/server/bulk/start-bulk-run';
import { cancelBulkRun, pauseBulkRun, resumeBulkRun } from '@/lib/server/bulk/steer-bulk-run';
import { runAction } from './run-action';

type RunInput = z.input<typeof bulkRunIdSchema>;

export async function previewBulkAction(input: z.input<typeof previewBulkSchema>) {
  return runAction(previewBulkSchema, input, previewBulk);
}

export async function startBulkRunAction(input: z.input<typeof startBulkRunSchema>) {
  return runAction(startBulkRunSchema, input, startBulkRun);
}

export async function pauseBulkRunAction(input: RunInput) {
  return runAction(bulkRunIdSchema, input, pauseBulkRun);
}

export async function resumeBulkRunAction(input: RunInput) {
  return runAction(bulkRunIdSchema, input, resumeBulkRun);
}

export async function cancelBulkRunAction(input: RunInput) {
  return runAction(bulkRunIdSchema, input, cancelBulkRun);
}

export async function retryBulkRunAction(input: RunInput) {
  return runAction(bulkRunIdSchema, input, retryBulkRun);
}

export async function undoBulkRunAction(input: RunInput) {
  return runAction(bulkRunIdSchema, input, undoBulkRun);
}
