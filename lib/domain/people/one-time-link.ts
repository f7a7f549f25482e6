import { z } from 'zod';
import { emailSchema } from './email';
import { newPasswordSchema } from './password';
import { roleSchema } from './role-schema';

const DAY_MS = 24 * 60 * 60_000;
export const SETUP_LINK_LIFETIME_MS = DAY_MS;
export const INVITATION_LIFETIME_MS = 7 * DAY_MS;
export const PASSWORD_LINK_LIFETIME_MS = DAY_MS;

/** 32 random bytes in base64url. */
export const linkTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This link is not complete.');

export const personNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(80, 'Keep the name under 80 characters.');

export const createFirstAdminSchema = z.object({
  token: linkTokenSchema,
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
export type CreateFirstAdminInput = z.infer<typeof createFirstAdminSchema>;

export const acceptInvitationSchema = z.object({
  token: linkTokenSchema,
  name: personNameSchema,
  password: newPasswordSchema,
});
export type AcceptInvitationInput = z.infer<typeof acceptInvitationSchema>;

export const resetPasswordSchema = z.object({ token: linkTokenSchema, password: newPasswordSchema });
export type ResetPasswordInput = z.infer<typeof resetPasswordSchema>;

export const inviteMemberSchema = z.object({
  email: emailSchema,
  role: roleSchema,
  teamIds: z.array(z.int().positive()).max(200).default([]),
  /** Whether a team lead leads these teams, or only belongs to them; means nothing for other roles. */
  isLead: z.boolean().default(true),
});
export type InviteMemberInput = z.infer<typeof inviteMemberSchema>;

/** A team that someone joins, and whether as one of its leads. */
export const teamPlaceSchema = z.object({ teamId: z.int().positive(), isLead: z.boolean() });
export type TeamPlace = z.infer<typeof teamPlaceSchema>;

export const deleteInvitationSchema = z.object({ invitationId: z.uuid() });
export type DeleteInvitationInput = z.infer<typeof deleteInvitationSchema>;
