'use server';

import { z } from 'zod';
import { changeIdSchema } from '@/lib/domain/changes/change-input';
import {
  createKeySchema,
  deleteKeySchema,
  renameKeySchema,
  setKeyDisabledSchema,
  updateKeyExpirySchema,
  updateKeyLabelsSchema,
  updateKeyLimitSchema,
} from '@/lib/domain/keys/key-input';
import { confirmSecret } from '@/lib/server/keys/confirm-secret';
import { createKey } from '@/lib/server/keys/create-key';
import { deleteKey } from '@/lib/server/keys/delete-key';
import { getKeyUse } from '@/lib/server/keys/get-key-use';
import { renameKey } from '@/lib/server/keys/rename-key';
import { setKeyDisabled } from '@/lib/server/keys/set-key-disabled';
import { updateKeyExpiry } from '@/lib/server/keys/update-key-expiry';
import { updateKeyLabels } from '@/lib/server/keys/update-key-labels';
import { updateKeyLimit } from '@/lib/server/keys/update-key-limit';
import { runAction } from './run-action';

export async function createKeyAction(input: z.input<typeof createKeySchema>) {
  return runAction(createKeySchema, input, createKey);
}

export async function confirmSecretAction(input: z.input<typeof changeIdSchema>) {
  return runAction(changeIdSchema, input, confirmSecret);
}

export async function updateKeyLimitAction(input: z.input<typeof updateKeyLimitSchema>) {
  return runAction(updateKeyLimitSchema, input, updateKeyLimit);
}

export async function renameKeyAction(input: z.input<typeof renameKeySchema>) {
  return runAction(renameKeySchema, input, renameKey);
}

export async function setKeyDisabledAction(input: z.input<typeof setKeyDisabledSchema>) {
  return runAction(setKeyDisabledSchema, input, setKeyDisabled);
}

export async function updateKeyLabelsAction(input: z.input<typeof updateKeyLabelsSchema>) {
  return runAction(updateKeyLabelsSchema, input, updateKeyLabels);
}

export async function updateKeyExpiryAction(input: z.input<typeof updateKeyExpirySchema>) {
  return runAction(updateKeyExpirySchema, input, updateKeyExpiry);
}

export async function deleteKeyAction(input: z.input<typeof deleteKeySchema>) {
  return runAction(deleteKeySchema, input, deleteKey);
}

export async function getKeyUseAction(input: { keyId: number }) {
  return runAction(z.object({ keyId: z.int().positive() }), input, getKeyUse);
}
