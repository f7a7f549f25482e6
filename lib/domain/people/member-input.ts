import { z } from 'zod';
import { emailSchema } from './email';
import { personNameSchema } from './one-time-link';
import { newPasswordSchema } from './password';
import { roleSchema } from './role-schema';

export const memberIdSchema = z.object({ userId: z.uuid() });
export type MemberIdInput = z.infer<typeof memberIdSchema>;

export const updateMemberRoleSchema = z.object({ userId: z.uuid(), role: roleSchema });
export type UpdateMemberRoleInput = z.infer<typeof updateMemberRoleSchema>;

export const createUserSchema = z.object({
  email: emailSchema,
  name: personNameSchema,
  role: roleSchema,
  password: newPasswordSchema,
  teamIds: z.array(z.int().positive()).max(200).default([]),
});
export type CreateUserInput = z.input<typeof createUserSchema>;

export const updateProfileSchema = z.object({ name: personNameSchema });
export type UpdateProfileInput = z.infer<typeof updateProfileSchema>;

export const endSessionSchema = z.object({ sessionId: z.uuid() });
export type EndSessionInput = z.infer<typeof endSessionSchema>;
