'use server';

import type { z } from 'zod';
import {
  endRaiseSchema,
  extendRaiseSchema,
  startRaiseSchema,
  updateBaseLimitSchema,
} from '@/lib/domain/raises/raise-input';
import { endRaiseNow } from '@/lib/server/raises/end-raise-now';
import { extendRaise } from '@/lib/server/raises/extend-raise';
import { startRaise } from '@/lib/server/raises/start-raise';
import { updateBaseLimit } from '@/lib/server/raises/update-base-limit';
import { runAction } from './run-action';

export async function startRaiseAction(input: z.input<typeof startRaiseSchema>) {
  return runAction(startRaiseSchema, input, startRaise);
}

export async function extendRaiseAction(input: z.input<typeof extendRaiseSchema>) {
  return runAction(extendRaiseSchema, input, extendRaise);
}

export async function endRaiseAction(input: z.input<typeof endRaiseSchema>) {
  return runAction(endRaiseSchema, input, endRaiseNow);
}

export async function updateBaseLimitAction(input: z.input<typeof updateBaseLimitSchema>) {
  return runAction(updateBaseLimitSchema, input, updateBaseLimit);
}
