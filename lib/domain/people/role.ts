import { z } from 'zod';

export const roleSchema = z.enum(['admin', 'finance', 'lead']);
export type Role = z.infer<typeof roleSchema>;

export const roleWords: Record<Role, { name: string; explains: string }> = {
  admin: { name: 'Admin', explains: 'Governs connections, keys, teams and people.' },
  finance: { name: 'Finance', explains: 'Reads everything and exports; changes nothing.' },
  lead: { name: 'Team lead', explains: 'Sees the keys and spend of their own teams.' },
};
