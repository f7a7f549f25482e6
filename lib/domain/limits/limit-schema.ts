import { z } from 'zod';
import { isPositiveUsd } from '../money/usd';
import { usdSchema } from '../money/usd-schema';
import { limitPeriodSchema } from '../periods/limit-period-schema';

export const limitSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unlimited') }),
  z.object({ kind: z.literal('blocked') }),
  z.object({
    kind: z.literal('capped'),
    amount: usdSchema.refine(isPositiveUsd, 'A cap must be above $0.'),
    period: limitPeriodSchema,
  }),
]);
