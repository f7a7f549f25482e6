'use server';

import type { z } from 'zod';
import { decideLostCreateSchema } from '@/lib/domain/changes/change-input';
import { decideLostCreate } from '@/lib/server/changes/decide-lost-create';
import { runAction } from './run-action';

export async function decideLostCreateAction(input: z.input<typeof decideLostCreateSchema>) {
  return runAction(decideLostCreateSchema, input, decideLostCreate);
}
