import { z } from 'zod';
import { requestKinds } from './request';
import { grantSchema } from './request-wish';

const wordsSchema = z.string().trim().max(1_000, 'Keep it under 1,000 characters.');
const neededWordsSchema = wordsSchema.min(1, 'Write a sentence.');

export const requestIdSchema = z.object({ requestId: z.uuid() });
export type RequestIdInput = z.infer<typeof requestIdSchema>;

export const approveRequestSchema = requestIdSchema.extend({
  /** What the approver saw; a newer one is shown first. */
  basisNumber: z.int().positive(),
  grant: grantSchema,
  words: wordsSchema.default(''),
});
export type ApproveRequestInput = z.output<typeof approveRequestSchema>;

/** For what is said with words alone: a question, an answer, a comment, the reason of a refusal. */
export const requestWordsSchema = requestIdSchema.extend({ words: neededWordsSchema });
export type RequestWordsInput = z.output<typeof requestWordsSchema>;

export const withdrawRequestSchema = requestIdSchema.extend({ words: wordsSchema.default('') });
export type WithdrawRequestInput = z.output<typeof withdrawRequestSchema>;

export const requestScopes = ['open', 'mine', 'all'] as const;
export type RequestScope = (typeof requestScopes)[number];

export const listRequestsSchema = z.object({
  /** Waiting for a decision, one's own, or all. */
  show: z.enum(requestScopes).catch('open'),
  kind: z.enum(requestKinds).nullable().catch(null).default(null),
  teamId: z.coerce.number().int().positive().nullable().catch(null).default(null),
});
export type ListRequestsInput = z.output<typeof listRequestsSchema>;

export const requestFormSchema = z.object({ keyId: z.int().positive().nullable() });
export type RequestFormInput = z.output<typeof requestFormSchema>;
