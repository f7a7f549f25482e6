import type { Prng } from '../shared/prng';
import type { RequestyKey } from './types';

const SECRET_BYTES = 74;

/** The form of real secrets: `rqsty-sk-` and padded standard base64. */
export function createSecret(random: Prng): string {
  return `rqsty-sk-${Buffer.from(random.hex(SECRET_BYTES * 2), 'hex').toString('base64')}`;
}

/** A key with the organization's default permissions, no limit and no owner; `createdAt` in epoch milliseconds. */
export function newKey(random: Prng, name: string, createdAt: number): RequestyKey {
  return {
    id: random.uuid(),
    secret: createSecret(random),
    name,
    monthlyLimit: 0n,
    permissions: { manage: 'none', completions: 'write' },
    labels: {},
    createdBy: null,
    groupId: null,
    logging: true,
    expiresAt: null,
    createdAt,
    deletedAt: null,
    accessListId: null,
    isNew: true,
    origin: null,
    policy: null,
    isByok: false,
    extra: {},
  };
}
