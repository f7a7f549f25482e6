import { z } from 'zod';
import type { Role } from './role';
import { roleSchema } from './role-schema';

/** What we read of an ID token that was verified. Some providers send `email_verified` as text. */
export const oidcClaimsSchema = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z
    .union([z.boolean(), z.literal('true').transform(() => true)])
    .optional()
    .catch(undefined),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
});
export type OidcClaims = z.infer<typeof oidcClaimsSchema>;

export type RoleRule = { readonly claim: string; readonly map: Readonly<Record<string, Role>> };

/** The values of a claim by its name, or by its path with dots, such as `realm_access.roles`. */
function claimValues(claims: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const direct = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const found = direct ?? name.split('.').reduce<unknown>(memberOf, claims);
  const list: readonly unknown[] = Array.isArray(found) ? found : [found];
  return list.filter((value) => typeof value === 'string');
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

/** The furthest-reaching role that the claim gives; null when it gives none. */
export function roleFromClaims(claims: Readonly<Record<string, unknown>>, rule: RoleRule): Role | null {
  const values = claimValues(claims, rule.claim);
  const granted = values.flatMap((value) => (Object.hasOwn(rule.map, value) ? [rule.map[value]] : []));
  return roleSchema.options.find((role) => granted.includes(role)) ?? null;
}
