export const roles = ['admin', 'finance', 'lead'] as const;
export type Role = (typeof roles)[number];

export const roleWords: Record<Role, { name: string; explains: string }> = {
  admin: { name: 'Admin', explains: 'Governs connections, keys, teams and people.' },
  finance: { name: 'Finance', explains: 'Reads everything and exports; changes nothing.' },
  lead: { name: 'Team lead', explains: 'Sees the keys and spend of their own teams.' },
};
