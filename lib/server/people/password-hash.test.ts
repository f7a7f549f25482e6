import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password-hash';

it('keeps a password as an argon2id hash with a salt of its own', async () => {
  const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword(one, 'correct horse')).toBe(true);
  expect(await verifyPassword(one, 'correct horsE')).toBe(false);
});

it('works for an account that does not exist, and says no', async () => {
  expect(await verifyPassword(null, 'correct horse')).toBe(false);
});
