import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultInput } from '@/lib/emulators/shared/faults';
import type { Provider } from '@/lib/providers/port';
import type { ProviderErrorKind } from '@/lib/providers/provider-error';
import { callsOf, cap, createKey, expectKind, freshName, trueKey } from './expect';
import type { Bench, ContractTarget } from './target';

type Fault = Omit<FaultInput, 'route'>;
type Case = readonly [name: string, fault: Fault, kind: ProviderErrorKind];

const TIMEOUT_MS = 1_000;
const LATE: Fault = { delayMs: 2_200 };

/** Answers that no retry can mend, for reads and writes alike. */
const REFUSALS: readonly Case[] = [
  ['400', { status: 400 }, 'invalid_request'],
  ['401', { status: 401 }, 'unauthorized'],
  ['402', { status: 402 }, 'invalid_request'],
  ['403', { status: 403 }, 'forbidden'],
  ['403 as a page', { status: 403, html: '<html>Access denied</html>' }, 'forbidden'],
  ['404', { status: 404 }, 'not_found'],
  ['405', { status: 405 }, 'unsupported'],
  ['409', { status: 409 }, 'invalid_request'],
];

const UNREADABLE: readonly Case[] = [
  ['broken JSON', { body: '{"data": {"hash": "ab' }, 'invalid_response'],
  ['a page', { html: '<!doctype html><title>Just a moment…</title>' }, 'invalid_response'],
  ['nothing', { body: '' }, 'invalid_response'],
  ['another shape', { body: { hello: 'world' } }, 'invalid_response'],
  ['a redirect', { status: 302, headers: { Location: '/elsewhere' } }, 'invalid_response'],
];

/** Faults that are over by the next try. */
const PASSING: readonly (readonly [string, Fault])[] = [
  ['429', { status: 429 }],
  ['408', { status: 408 }],
  ['500', { status: 500 }],
  ['503 as a page', { status: 503, html: '<html>Service unavailable</html>' }],
  ['529', { status: 529 }],
  ['a connection dropped before', { drop: 'before' }],
  ['a connection dropped after', { drop: 'after' }],
  ['an answer cut off', { cutOff: true }],
  ['an answer too late', LATE],
];

/** What leaves a write's outcome open, and whether the write had taken effect. */
const OPEN_OUTCOMES: readonly (readonly [string, Fault, boolean])[] = [
  ['500', { status: 500 }, false],
  ['500 after the effect', { status: 500, afterEffect: true }, true],
  ['408', { status: 408 }, false],
  ['502 as a page', { status: 502, html: '<html>Bad gateway</html>' }, false],
  ['a redirect', { status: 307, headers: { Location: '/elsewhere' } }, false],
  ['a page with a success', { html: '<html>Hello</html>' }, false],
  ['cut JSON with a success', { body: '{"data": {"ha', afterEffect: true }, true],
  ['a connection dropped before', { drop: 'before' }, false],
  ['a connection dropped after', { drop: 'after' }, true],
  ['an answer too late', LATE, true],
];

type Write = {
  readonly name: string;
  readonly route: keyof Bench['routes'];
  run(provider: Provider, id: string): Promise<unknown>;
};

const LIMIT = { from: cap('25', 'monthly'), to: cap('31.25', 'monthly') };
const WRITES: readonly Write[] = [
  { name: 'create', route: 'create', run: (provider) => createKey(provider) },
  { name: 'limit', route: 'setLimit', run: ({ writes }, id) => writes.updateKey(id, { limit: LIMIT }) },
  { name: 'delete', route: 'remove', run: ({ writes }, id) => writes.deleteKey(id) },
];

/** How each way of failing looks to the caller: reads are tried again, writes are sent exactly once. */
export function describeFaults(target: ContractTarget): void {
  describe(`${target.name}: faults`, () => {
    let bench: Bench;
    let id: string;
    beforeAll(async () => {
      bench = await target.start({ keys: 4, historyDays: 2 });
    });
    afterAll(() => bench.close());
    beforeEach(async () => {
      await bench.control.reset();
      ({ externalId: id } = await createKey(bench.open()));
      await bench.control.reset();
    });
    const readKey = () => bench.open({ timeoutMs: TIMEOUT_MS }).reads.getKey(id);
    const reads = () => callsOf(bench, bench.routes.readKey);

    it.each([...REFUSALS, ...UNREADABLE])(
      'a read answered with %s is told as it is, once',
      async (_, fault, kind) => {
        await bench.control.fault({ route: bench.routes.readKey, times: 9, ...fault });
        await expectKind(readKey(), kind);
        expect(await reads()).toHaveLength(1);
      },
    );

    it.each(PASSING)('a read is tried again after %s', async (_, fault) => {
      await bench.control.fault({ route: bench.routes.readKey, ...fault });
      expect(await readKey()).toMatchObject({ externalId: id, limit: LIMIT.from });
      await vi.waitFor(async () => expect(await reads()).toHaveLength(2), { timeout: 6_000 });
    });

    it('a read gives up after four tries', async () => {
      await bench.control.fault({ route: bench.routes.readKey, times: 9, status: 503 });
      const error = await expectKind(readKey(), 'unavailable');
      expect(error.status).toBe(503);
      expect(await reads()).toHaveLength(4);
    });

    it('a read waits as long as it is asked to, and not at all when that is too long', async () => {
      await bench.control.fault({ route: bench.routes.readKey, status: 429, retryAfter: 1 });
      const startedAt = performance.now();
      await readKey();
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
      await bench.control.fault({ route: bench.routes.readKey, status: 429, retryAfter: 600 });
      const error = await expectKind(readKey(), 'rate_limited');
      expect(error.retryAfterMs).toBe(600_000);
    });

    it('a read can be called off while it waits', async () => {
      await bench.control.fault({ route: bench.routes.readKey, status: 429, retryAfter: 30 });
      const controller = new AbortController();
      const work = bench.open().reads.getKey(id, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error('enough')), 50);
      await expect(work).rejects.toThrow('enough');
    });

    if (target.capabilities.zeroLimitMeans === 'blocked') {
      it('a key without its limit is not taken for one without a limit', async () => {
        await bench.control.fault({ route: bench.routes.readKey, missingField: 'data.limit' });
        await expectKind(readKey(), 'invalid_response');
      });
    }

    describe.each(WRITES)('$name', ({ route, run }) => {
      const write = () => run(bench.open({ timeoutMs: TIMEOUT_MS }), id);
      const sent = () => callsOf(bench, bench.routes[route]);

      it.each(REFUSALS)('answered with %s is a refusal', async (_, fault, kind) => {
        const before = await bench.trueKeys();
        await bench.control.fault({ route: bench.routes[route], times: 9, ...fault });
        await expectKind(write(), kind);
        expect(await sent()).toHaveLength(1);
        expect(await bench.trueKeys()).toEqual(before);
      });

      it('answered with 429 is refused with the wait, and not sent again', async () => {
        await bench.control.fault({ route: bench.routes[route], times: 9, status: 429, retryAfter: 7 });
        const error = await expectKind(write(), 'rate_limited');
        expect(error.retryAfterMs).toBe(7000);
        expect(await sent()).toHaveLength(1);
      });

      it.each(OPEN_OUTCOMES)(
        'answered with %s is unknown, and sent exactly once',
        async (_, fault, isDone) => {
          const before = await bench.trueKeys();
          await bench.control.fault({ route: bench.routes[route], ...fault });
          await expectKind(write(), 'unknown_outcome');
          await vi.waitFor(async () => expect(await sent()).toHaveLength(1), { timeout: 6_000 });
          expect(JSON.stringify(await bench.trueKeys()) !== JSON.stringify(before)).toBe(isDone);
        },
      );

      it('to a provider that cannot be reached was never sent', async () => {
        const provider = bench.open({ baseUrl: await closedOrigin() });
        const error = await expectKind(run(provider, id), 'unavailable');
        expect(error.status).toBeUndefined();
      });

      it('called off before it is sent does nothing; called off after, its outcome is unknown', async () => {
        const provider = bench.open();
        const abort = (signal: AbortSignal) => runWith(provider, route, id, signal);
        await expect(abort(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
        expect(await sent()).toHaveLength(0);
        await bench.control.fault({ route: bench.routes[route], ...LATE });
        await expectKind(abort(AbortSignal.timeout(500)), 'unknown_outcome');
        // It takes effect late, which the tests to come would see as theirs.
        await vi.waitFor(async () => expect(await sent()).toHaveLength(1), { timeout: 6_000 });
      });
    });

    it('a create whose answer lacks the secret is unknown: the key exists', async () => {
      for (const missingField of ['key', 'api_key', 'data.hash', 'api_key_id']) {
        const name = freshName('lost');
        await bench.control.fault({ route: bench.routes.create, missingField });
        const work = bench.open().writes.createKey({ name, limit: LIMIT.from });
        const outcome = await work.then(
          () => 'created',
          (error: { kind: string }) => error.kind,
        );
        const made = (await bench.trueKeys()).find((key) => key.name === name);
        expect(made?.isDeleted).toBe(false);
        const isOurs =
          missingField.startsWith('api_') === (target.capabilities.zeroLimitMeans === 'unlimited');
        expect(outcome).toBe(isOurs ? 'unknown_outcome' : 'created');
      }
    });

    it('knows the true state after all this', async () => {
      expect(await bench.open().reads.getKey(id)).toMatchObject({
        name: (await trueKey(bench, id)).name,
        limit: LIMIT.from,
      });
    });
  });
}

/** An address on which nothing listens any more. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

function runWith(
  { writes }: Provider,
  route: keyof Bench['routes'],
  id: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (route === 'create') return writes.createKey({ name: freshName('off'), limit: LIMIT.from }, { signal });
  if (route === 'setLimit') return writes.updateKey(id, { limit: LIMIT }, { signal });
  return writes.deleteKey(id, { signal });
}
