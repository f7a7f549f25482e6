import { z } from 'zod';
import { keyNameSchema, reasonSchema } from '@/lib/domain/keys/key-input';
import { DEFAULT_QUIET_HOURS, quietHoursSchema } from '@/lib/domain/rotation/rotation-input';
import { createKeyFormSchema } from '../create-key-form';

const { delivery, recipientId, lifetime, isSignInNeeded } = createKeyFormSchema.shape;

export const rotateFormSchema = z.object({
  name: keyNameSchema,
  quietHours: z
    .string()
    .transform((text) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN))
    .pipe(quietHoursSchema),
  reason: reasonSchema,
  delivery,
  recipientId,
  lifetime,
  isSignInNeeded,
});
export type RotateForm = z.input<typeof rotateFormSchema>;
export type RotateWish = z.output<typeof rotateFormSchema>;

export function emptyRotateForm(name: string): RotateForm {
  return {
    name,
    quietHours: String(DEFAULT_QUIET_HOURS),
    reason: '',
    delivery: 'show',
    recipientId: '',
    lifetime: '24',
    isSignInNeeded: false,
  };
}
