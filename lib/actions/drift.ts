'use server';

import type { z } from 'zod';
import {
  adoptDriftSchema,
  ignoreDriftSchema,
  putBackDriftSchema,
  startDriftRunSchema,
} from '@/lib/domain/drift/drift-input';
import { adoptDrift, ignoreDrift } from '@/lib/server/drift/decide-drift';
import { putBackDrift } from '@/lib/server/drift/put-back-drift';
import { startDriftRun } from '@/lib/server/drift/start-drift-run';
import { runAction } from './run-action';

export async function adoptDriftAction(input: z.input<typeof adoptDriftSchema>) {
  return runAction(adoptDriftSchema, input, adoptDrift);
}

export async function ignoreDriftAction(input: z.input<typeof ignoreDriftSchema>) {
  return runAction(ignoreDriftSchema, input, ignoreDrift);
}

export async function putBackDriftAction(input: z.input<typeof putBackDriftSchema>) {
  return runAction(putBackDriftSchema, input, putBackDrift);
}

export async function startDriftRunAction(input: z.input<typeof startDriftRunSchema>) {
  return runAction(startDriftRunSchema, input, startDriftRun);
}
