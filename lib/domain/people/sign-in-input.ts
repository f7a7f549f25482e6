import { z } from 'zod';
import { emailSchema } from './email';
import { givenPasswordSchema } from './password';

export const signInSchema = z.object({ email: emailSchema, password: givenPasswordSchema });
export type SignInInput = z.infer<typeof signInSchema>;
