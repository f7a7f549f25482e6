import { z } from 'zod';
import { canonicalJson } from '../changes/audit-hash';
import { keyPermissionsSchema } from '../keys/key-input';
import { limitSchema } from '../limits/limit-schema';
import { requestRulesSchema } from './request-rules';
import { grantSchema, type NewKeyWish } from './request-wish';

const keyBasisSchema = z.object({
  id: z.number(),
  name: z.string(),
  limit: limitSchema,
  includeByokInLimit: z.boolean(),
  isDisabled: z.boolean(),
  /** Neither deleted nor gone from its provider. */
  isThere: z.boolean(),
  teamId: z.number().nullable(),
  ownerId: z.string().nullable(),
});
export type KeyBasis = z.infer<typeof keyBasisSchema>;

/** A key that is not there yet, as it is to be made. */
const newKeyBasisSchema = z.object({
  name: z.string(),
  connectionId: z.number(),
  teamId: z.number(),
  /** The chosen workspace or group; without a name it is gone. Null for none, or the default one. */
  container: z.object({ id: z.number(), name: z.string().nullable() }).nullable(),
  includeByokInLimit: z.boolean().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  permissions: keyPermissionsSchema.nullable(),
});
export type NewKeyBasis = z.infer<typeof newKeyBasisSchema>;

/** The new key of a wish; `containerName` is null where its workspace or group is gone, or none was chosen. */
export function newKeyBasis(wish: NewKeyWish, containerName: string | null): NewKeyBasis {
  const { name, connectionId, teamId, containerId, includeByokInLimit, expiresAt, permissions } = wish;
  const container = containerId === null ? null : { id: containerId, name: containerName };
  return { name, connectionId, teamId, container, includeByokInLimit, expiresAt, permissions };
}

/** What an approver sees and approves. An approval holds for exactly this. */
export const requestBasisSchema = z.object({
  key: keyBasisSchema.nullable(),
  newKey: newKeyBasisSchema.nullable().default(null),
  rules: requestRulesSchema.omit({ lapseDays: true }),
  /** The whole wish over the key's limit; null when it cannot be fulfilled any more. */
  grant: grantSchema.nullable(),
  /** The limit that the provider told while this was carried out, when no read has told it yet. */
  told: z.object({ limit: limitSchema, at: z.iso.datetime() }).nullable().default(null),
});
export type RequestBasis = z.infer<typeof requestBasisSchema>;

function shown({ key, newKey, rules, grant }: RequestBasis): string {
  return canonicalJson({ key, newKey, rules, grant });
}

/** Whether an approval of the one is an approval of the other. */
export function isSameBasis(a: RequestBasis, b: RequestBasis): boolean {
  return shown(a) === shown(b);
}

const basisChangeSchema = z.enum(['limit', 'key', 'place', 'rules', 'wish']);
export type BasisChange = z.infer<typeof basisChangeSchema>;
export const basisChangesSchema = z.array(basisChangeSchema);

/** What differs, the most telling part first. */
export function basisChanges(before: RequestBasis, after: RequestBasis): readonly BasisChange[] {
  const differs = (a: unknown, b: unknown) => canonicalJson(a) !== canonicalJson(b);
  const { limit: was, ...keyBefore } = before.key ?? { limit: null };
  const { limit: is, ...keyAfter } = after.key ?? { limit: null };
  const found: BasisChange[] = [];
  if (differs(was, is)) found.push('limit');
  if (differs(keyBefore, keyAfter)) found.push('key');
  if (differs(before.newKey, after.newKey)) found.push('place');
  if (differs(before.rules, after.rules)) found.push('rules');
  if (found.length === 0 && differs(before.grant, after.grant)) found.push('wish');
  return found;
}
