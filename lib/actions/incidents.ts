'use server';

import type { z } from 'zod';
import { resolveIncidentSchema } from '@/lib/domain/changes/change-input';
import { resolveIncident } from '@/lib/server/incidents/resolve-incident';
import { runAction } from './run-action';

export async function resolveIncidentAction(input: z.input<typeof resolveIncidentSchema>) {
  return runAction(resolveIncidentSchema, input, resolveIncident);
}
