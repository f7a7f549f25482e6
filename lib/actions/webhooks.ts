'use server';

import type { z } from 'zod';
import { deliveryIdSchema } from '@/lib/domain/notifications/delivery';
import {
  createWebhookSchema,
  setWebhookEnabledSchema,
  updateWebhookSchema,
  webhookIdSchema,
} from '@/lib/domain/notifications/webhook-input';
import { sendAgain } from '@/lib/server/deliveries/send-again';
import { createWebhook } from '@/lib/server/webhooks/create-webhook';
import { testWebhook } from '@/lib/server/webhooks/test-webhook';
import {
  removeWebhook,
  rotateWebhookSecret,
  setWebhookEnabled,
  updateWebhook,
} from '@/lib/server/webhooks/update-webhook';
import { runAction } from './run-action';

export async function createWebhookAction(input: z.input<typeof createWebhookSchema>) {
  return runAction(createWebhookSchema, input, createWebhook);
}

export async function updateWebhookAction(input: z.input<typeof updateWebhookSchema>) {
  return runAction(updateWebhookSchema, input, updateWebhook);
}

export async function setWebhookEnabledAction(input: z.input<typeof setWebhookEnabledSchema>) {
  return runAction(setWebhookEnabledSchema, input, setWebhookEnabled);
}

export async function rotateWebhookSecretAction(input: z.input<typeof webhookIdSchema>) {
  return runAction(webhookIdSchema, input, rotateWebhookSecret);
}

export async function removeWebhookAction(input: z.input<typeof webhookIdSchema>) {
  return runAction(webhookIdSchema, input, removeWebhook);
}

export async function testWebhookAction(input: z.input<typeof webhookIdSchema>) {
  return runAction(webhookIdSchema, input, testWebhook);
}

export async function sendAgainAction(input: z.input<typeof deliveryIdSchema>) {
  return runAction(deliveryIdSchema, input, sendAgain);
}
