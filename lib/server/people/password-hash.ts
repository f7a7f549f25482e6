import 'server-only';
import { randomBytes } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';

// Argon2id is the library's default algorithm. Cost after OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes).
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let dummyHash: Promise<string> | undefined;

/**
 * Whether the password is the hashed one. Without a hash it works as long, against one that nothing matches, so
 * that the time does not tell whether an account exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword(randomBytes(32).toString('hex'));
  const dummy = await dummyHash;
  const isMatch = await verify(passwordHash ?? dummy, password);
  return passwordHash !== null && isMatch;
}
