'use server';

import type { z } from 'zod';
import { applyRulesSchema, saveRulesSchema, tryRulesSchema } from '@/lib/domain/assignment/rule';
import { applyAssignmentRules } from '@/lib/server/assignment/apply-assignment-rules';
import { saveAssignmentRules } from '@/lib/server/assignment/save-assignment-rules';
import { tryAssignmentRules } from '@/lib/server/assignment/try-assignment-rules';
import { runAction } from './run-action';

export async function tryRulesAction(input: z.input<typeof tryRulesSchema>) {
  return runAction(tryRulesSchema, input, tryAssignmentRules);
}

export async function saveRulesAction(input: z.input<typeof saveRulesSchema>) {
  return runAction(saveRulesSchema, input, saveAssignmentRules);
}

export async function applyRulesAction(input: z.input<typeof applyRulesSchema>) {
  return runAction(applyRulesSchema, input, applyAssignmentRules);
}
