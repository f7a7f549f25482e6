import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cap, createKey, everythingIn, freshName, providerErrorOf } from './expect';
import type { Bench, ContractTarget } from './target';

/** A server elsewhere that remembers what reached it. */
async function startElsewhere(): Promise<{ origin: string; requests: string[]; server: Server }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(JSON.stringify(request.rawHeaders));
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, requests, server };
}

/** That the management key and new secrets stay between Keyward and the provider. */
export function describeSecrecy(target: ContractTarget): void {
  describe(`${target.name}: secrecy`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.start({ keys: 4, historyDays: 2 });
    });
    afterAll(() => bench.close());
    beforeEach(() => bench.control.reset());

    it('follows no redirect, so that the key reaches no other origin', async () => {
      const elsewhere = await startElsewhere();
      try {
        for (const status of [301, 302, 303, 307, 308]) {
          const headers = { Location: `${elsewhere.origin}/keys` };
          for (const route of ['GET /*', 'POST /*']) {
            await bench.control.fault({ route, times: 20, status, headers });
          }
          await providerErrorOf(bench.open().reads.listKeys());
          await providerErrorOf(bench.open().reads.getBalance());
          await providerErrorOf(createKey(bench.open()));
          await bench.control.reset();
        }
        expect(elsewhere.requests).toEqual([]);
      } finally {
        elsewhere.server.close();
      }
    });

    it('never shows the management key, whatever the provider says', async () => {
      const { managementKey } = bench;
      const message = `Key ${managementKey} (Bearer ${managementKey}) may not do this`;
      for (const status of [400, 401, 403, 404, 409, 429]) {
        const body = { error: { message, code: status } };
        for (const route of Object.values(bench.routes)) {
          await bench.control.fault({ route, times: 9, status, body, retryAfter: 600 });
        }
        const reads = () => bench.open().reads;
        const writes = () => bench.open().writes;
        const limit = { from: cap('1', 'monthly'), to: cap('2', 'monthly') };
        for (const work of [
          () => reads().getKey('some-key'),
          () => createKey(bench.open()),
          () => writes().updateKey('some-key', { limit }),
          () => writes().deleteKey('some-key'),
        ]) {
          const error = await providerErrorOf(work());
          expect(error.providerMessage).toContain('may not do this');
          expect(everythingIn(error)).not.toContain(managementKey);
        }
        await bench.control.reset();
      }
    });

    it('never shows the management key when a connection breaks or an answer is not understood', async () => {
      for (const fault of [{ drop: 'before' as const }, { html: '<p>hi</p>' }, { status: 500 }]) {
        await bench.control.fault({ route: 'GET /*', times: 50, ...fault });
        const error = await providerErrorOf(bench.open().reads.getBalance());
        expect(everythingIn(error)).not.toContain(bench.managementKey);
        await bench.control.reset();
      }
    });

    it('never shows a new secret of which the answer was not understood', async () => {
      for (const missingField of ['data.hash', 'api_key_id']) {
        const name = freshName('unseen');
        await bench.control.fault({ route: bench.routes.create, missingField });
        const work = bench.open().writes.createKey({ name, limit: cap('1', 'monthly') });
        const outcome = await work.then(
          () => null,
          (error: unknown) => error,
        );
        const made = (await bench.trueKeys()).find((key) => key.name === name);
        expect(made).toBeDefined();
        if (outcome !== null) expect(everythingIn(outcome)).not.toContain(made?.secret);
      }
    });

    it('is refused with a key that the provider does not know', async () => {
      const { reads } = bench.open({ managementKey: 'sk-or-v1-unknown-key-of-nobody' });
      for (const work of [() => reads.listKeys(), () => reads.inspect(), () => reads.getBalance()]) {
        expect(['unauthorized', 'forbidden']).toContain((await providerErrorOf(work())).kind);
      }
    });

    it('is refused with a key that may not manage', async () => {
      const { secret } = await createKey(bench.open());
      const error = await providerErrorOf(bench.open({ managementKey: secret }).reads.inspect());
      expect(error.kind).toBe('forbidden');
      expect(error.providerMessage).toBeTruthy();
    });
  });
}
