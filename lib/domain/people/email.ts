import { z } from 'zod';

/** An address as people type it; two that differ only in case are the same person. */
export const emailSchema = z
  .string()
  .trim()
  .max(254, 'Keep the email address under 255 characters.')
  .pipe(z.email('Enter a whole email address, like name@example.com.'));

/** The form by which addresses are compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
