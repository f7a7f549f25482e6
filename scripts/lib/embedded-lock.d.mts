export type LockOwner = {
  pid: number;
  startedAt: string | null;
  host: string;
  token: string;
  address?: { path: string } | { host: string; port: number };
};

export class LockHeldError extends Error {}
export function lockPathOf(dir: string): string;
export function findProcess(pid: number): { isAlive: boolean; startedAt: string | null };
export function isHeld(owner: LockOwner, lockAgeMs: number): Promise<boolean>;
export function readLock(path: string): { owner: LockOwner; ageMs: number } | null;
export function acquireLock(path: string): Promise<{
  path: string;
  announce(address: LockOwner['address']): void;
  release(): void;
}>;
