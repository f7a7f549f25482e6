'use server';

import type { z } from 'zod';
import {
  createConnectionSchema,
  removeConnectionSchema,
  replaceConnectionKeySchema,
  setConnectionPausedSchema,
  testConnectionSchema,
  updateConnectionSchema,
} from '@/lib/domain/connections/connection-input';
import { createConnection } from '@/lib/server/connections/create-connection';
import { removeConnection } from '@/lib/server/connections/remove-connection';
import { replaceConnectionKey } from '@/lib/server/connections/replace-connection-key';
import { setConnectionPaused } from '@/lib/server/connections/set-connection-paused';
import { testConnection } from '@/lib/server/connections/test-connection';
import { updateConnection } from '@/lib/server/connections/update-connection';
import { runAction } from './run-action';

export async function testConnectionAction(input: z.input<typeof testConnectionSchema>) {
  return runAction(testConnectionSchema, input, testConnection);
}

export async function createConnectionAction(input: z.input<typeof createConnectionSchema>) {
  return runAction(createConnectionSchema, input, createConnection);
}

export async function updateConnectionAction(input: z.input<typeof updateConnectionSchema>) {
  return runAction(updateConnectionSchema, input, updateConnection);
}

export async function replaceConnectionKeyAction(input: z.input<typeof replaceConnectionKeySchema>) {
  return runAction(replaceConnectionKeySchema, input, replaceConnectionKey);
}

export async function setConnectionPausedAction(input: z.input<typeof setConnectionPausedSchema>) {
  return runAction(setConnectionPausedSchema, input, setConnectionPaused);
}

export async function removeConnectionAction(input: z.input<typeof removeConnectionSchema>) {
  return runAction(removeConnectionSchema, input, removeConnection);
}
