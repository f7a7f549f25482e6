import { z } from 'zod';

const SHORTEST = 12;
const LONGEST = 128;

/** A password someone chooses: long rather than intricate (NIST SP 800-63B). */
export const newPasswordSchema = z
  .string()
  .min(SHORTEST, `Use at least ${SHORTEST} characters.`)
  .max(LONGEST, `Use at most ${LONGEST} characters.`)
  .refine((text) => new Set(text).size >= 5, 'Use more than a few different characters.');

/** A password someone types to prove who they are; whatever it is, only its hash decides. */
export const givenPasswordSchema = z
  .string()
  .min(1, 'Enter your password.')
  .max(LONGEST, `Passwords here have at most ${LONGEST} characters.`);

export const changePasswordSchema = z
  .object({ currentPassword: givenPasswordSchema, newPassword: newPasswordSchema })
  .refine((input) => input.newPassword !== input.currentPassword, {
    path: ['newPassword'],
    message: 'Choose another one than the current password.',
  });
export type ChangePasswordInput = z.infer<typeof changePasswordSchema>;
