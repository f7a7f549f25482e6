'use server';

import type { z } from 'zod';
import { getThrottledAddress } from '@/lib/auth/get-throttled-address';
import {
  approveRequestSchema,
  requestIdSchema,
  requestWordsSchema,
  withdrawRequestSchema,
} from '@/lib/domain/requests/request-input';
import { updateRequestRulesSchema } from '@/lib/domain/requests/request-rules';
import { createRequestSchema, editRequestSchema } from '@/lib/domain/requests/request-wish';
import { approveRequest } from '@/lib/server/requests/approve-request';
import { collectRequestSecret, confirmRequestSecret } from '@/lib/server/requests/collect-request-secret';
import { createRequest } from '@/lib/server/requests/create-request';
import { askBackRequest, declineRequest } from '@/lib/server/requests/decline-request';
import { editRequest } from '@/lib/server/requests/edit-request';
import { updateRequestRules } from '@/lib/server/requests/get-request-rules';
import { retryRequest } from '@/lib/server/requests/retry-request';
import { answerRequest, commentOnRequest, withdrawRequest } from '@/lib/server/requests/speak-on-request';
import { runAction } from './run-action';

export async function createRequestAction(input: z.input<typeof createRequestSchema>) {
  return runAction(createRequestSchema, input, createRequest);
}

export async function editRequestAction(input: z.input<typeof editRequestSchema>) {
  return runAction(editRequestSchema, input, editRequest);
}

export async function approveRequestAction(input: z.input<typeof approveRequestSchema>) {
  return runAction(approveRequestSchema, input, approveRequest);
}

export async function declineRequestAction(input: z.input<typeof requestWordsSchema>) {
  return runAction(requestWordsSchema, input, declineRequest);
}

export async function askBackRequestAction(input: z.input<typeof requestWordsSchema>) {
  return runAction(requestWordsSchema, input, askBackRequest);
}

export async function answerRequestAction(input: z.input<typeof requestWordsSchema>) {
  return runAction(requestWordsSchema, input, answerRequest);
}

export async function commentOnRequestAction(input: z.input<typeof requestWordsSchema>) {
  return runAction(requestWordsSchema, input, commentOnRequest);
}

export async function withdrawRequestAction(input: z.input<typeof withdrawRequestSchema>) {
  return runAction(withdrawRequestSchema, input, withdrawRequest);
}

export async function retryRequestAction(input: z.input<typeof requestIdSchema>) {
  return runAction(requestIdSchema, input, retryRequest);
}

export async function collectRequestSecretAction(input: z.input<typeof requestIdSchema>) {
  return runAction(requestIdSchema, input, async (context, { requestId }) =>
    collectRequestSecret(context, { requestId, address: await getThrottledAddress() }),
  );
}

export async function confirmRequestSecretAction(input: z.input<typeof requestIdSchema>) {
  return runAction(requestIdSchema, input, confirmRequestSecret);
}

export async function updateRequestRulesAction(input: z.input<typeof updateRequestRulesSchema>) {
  return runAction(updateRequestRulesSchema, input, updateRequestRules);
}
