import { expect, test } from 'vitest';
import { UNLIMITED } from '../limits/limit';
import { isLive, type KeyStatusFacts, keyStatus } from './key-status';

const facts: KeyStatusFacts = {
  isDeleted: false,
  isGone: false,
  isRemoved: false,
  isBeingDeleted: false,
  isDisabled: false,
  expiresAtMs: null,
  limit: UNLIMITED,
};
const NOW = 1_000;

test.each<[Partial<KeyStatusFacts>, ReturnType<typeof keyStatus>, boolean]>([
  [{}, 'active', true],
  [{ limit: { kind: 'blocked' } }, 'blocked', true],
  [{ isDisabled: true }, 'disabled', true],
  [{ isDisabled: true, expiresAtMs: NOW }, 'expired', true],
  [{ isDisabled: true, isBeingDeleted: true, expiresAtMs: NOW }, 'deleting', true],
  // Someone enabled it: whether it is deleted after all is asked, not told.
  [{ isBeingDeleted: true }, 'active', true],
  [{ isRemoved: true, isDisabled: true, isBeingDeleted: true }, 'removed', false],
  [{ isRemoved: true, isGone: true }, 'gone', false],
  [{ isRemoved: true, isGone: true, isDeleted: true }, 'deleted', false],
])('%j is %s', (values, status, live) => {
  expect(keyStatus({ ...facts, ...values }, NOW)).toBe(status);
  expect(isLive(status)).toBe(live);
});
