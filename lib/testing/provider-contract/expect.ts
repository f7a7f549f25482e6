import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { Limit } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import type { CreatedProviderKey, NewProviderKey, Provider } from '@/lib/providers/port';
import { ProviderError, type ProviderErrorKind } from '@/lib/providers/provider-error';
import type { LoggedCall } from './control';
import type { Bench, TrueKey } from './target';

/** Awaits a rejection and gives its `ProviderError`; fails on success and on any other error. */
export async function providerErrorOf(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}

export async function expectKind(work: Promise<unknown>, kind: ProviderErrorKind): Promise<ProviderError> {
  const error = await providerErrorOf(work);
  expect(error.kind).toBe(kind);
  return error;
}

/** Expects a refusal as unsupported without a single call to the provider. */
export async function expectUnsupported(bench: Bench, work: () => Promise<unknown>): Promise<void> {
  await bench.control.reset();
  await expectKind(work(), 'unsupported');
  expect(await bench.control.calls()).toEqual([]);
}

export async function trueKey(bench: Bench, id: string): Promise<TrueKey> {
  const key = (await bench.trueKeys()).find((each) => each.id === id);
  if (!key) throw new Error('the emulator does not know this key');
  return key;
}

export async function listedKey(provider: Provider, id: string): Promise<ProviderKey> {
  const key = (await provider.reads.listKeys()).keys.find((each) => each.externalId === id);
  if (!key) throw new Error('this key is not in the inventory');
  return key;
}

let counter = 0;

/** A name that no other key of the run has. */
export function freshName(purpose: string): string {
  counter += 1;
  return `${purpose}-${counter}`;
}

export function createKey(
  provider: Provider,
  overrides: Partial<NewProviderKey> = {},
): Promise<CreatedProviderKey> {
  return provider.writes.createKey({ name: freshName('made'), limit: cap('25', 'monthly'), ...overrides });
}

export function cap(amount: string, period: LimitPeriod): Limit {
  return { kind: 'capped', amount: usd(amount), period };
}

/** Calls of one route, `METHOD /path/*`. */
export async function callsOf(bench: Bench, route: string): Promise<LoggedCall[]> {
  const [method, glob = ''] = route.split(' ');
  const pattern = new RegExp(`^${glob.replaceAll('*', '[^/]+')}$`);
  return (await bench.control.calls()).filter((call) => call.method === method && pattern.test(call.path));
}

/** Everything that could be printed of an error: message, stack, properties, causes, JSON. */
export function everythingIn(error: unknown): string {
  const json = JSON.stringify(error, error instanceof Object ? Object.getOwnPropertyNames(error) : undefined);
  return `${String(error)}\n${json}\n${inspect(error, { depth: 20, showHidden: true })}`;
}
