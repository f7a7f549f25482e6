'use server';

import type { z } from 'zod';
import { connectionIdSchema } from '@/lib/domain/connections/connection-input';
import { cancelRead } from '@/lib/server/reads/cancel-read';
import { requestRead } from '@/lib/server/reads/request-read';
import { runAction } from './run-action';

export async function requestReadAction(input: z.input<typeof connectionIdSchema>) {
  return runAction(connectionIdSchema, input, requestRead);
}

export async function cancelReadAction(input: z.input<typeof connectionIdSchema>) {
  return runAction(connectionIdSchema, input, cancelRead);
}
