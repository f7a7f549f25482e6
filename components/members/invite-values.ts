import type { z } from 'zod';
import type { inviteMemberSchema } from '@/lib/domain/people/one-time-link';

export type InviteValues = z.input<typeof inviteMemberSchema>;
