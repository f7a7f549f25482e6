import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutbound } from './outbound';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.cause : error),
  );

const to =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('where calls lead', () => {
  const hosts = ['127.0.0.1', '[::1]', 'localhost', '0.0.0.0', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'];

  it.each(hosts)('%s is not called, so nothing arrives', async (host) => {
    let calls = 0;
    const port = await listen((_request, response) => {
      calls += 1;
      response.end();
    });
    const outbound = createOutbound({ isPrivateAllowed: false });
    const failure = await failureOf(outbound.fetch(`http://${host}:${port}/`));
    expect(failure).toMatchObject({ code: 'ERR_FORBIDDEN_ADDRESS' });
    expect(await outbound.findFault(new URL(`http://${host}:${port}/`))).toMatch(/leads to this machine/);
    expect(calls).toBe(0);
  });

  it('a name with one private address among public ones is not called', async () => {
    const outbound = createOutbound({ isPrivateAllowed: false, resolve: to('8.8.8.8', '10.0.0.5') });
    expect(await failureOf(outbound.fetch('http://hooks.example.com/'))).toMatchObject({
      message:
        'hooks.example.com leads to a private network (10.0.0.5), which the settings of this installation do not allow.',
    });
  });

  it('a name that is public when it is looked at and private when it is called is not called', async () => {
    let calls = 0;
    const port = await listen((_request, response) => {
      calls += 1;
      response.end();
    });
    const answers = [to('8.8.8.8'), to('127.0.0.1')];
    let asked = 0;
    const outbound = createOutbound({
      isPrivateAllowed: false,
      resolve: () => (answers[asked++] ?? to('127.0.0.1'))(),
    });
    const url = new URL(`http://rebind.example.com:${port}/`);
    expect(await outbound.findFault(url)).toBeNull();
    expect(await failureOf(outbound.fetch(url))).toMatchObject({ code: 'ERR_FORBIDDEN_ADDRESS' });
    expect(calls).toBe(0);
  });

  it('is connected to the very address that was checked, with one look-up', async () => {
    let asked = 0;
    const port = await listen((request, response) => response.end(request.headers.host));
    const outbound = createOutbound({
      isPrivateAllowed: true,
      resolve: () => {
        asked += 1;
        return asked === 1 ? to('127.0.0.1')() : to('192.0.2.1')();
      },
    });
    const answer = await outbound.fetch(`http://hooks.example.com:${port}/`);
    expect(await answer.text()).toBe(`hooks.example.com:${port}`);
    expect(asked).toBe(1);
  });

  it('a redirect comes back and is not followed', async () => {
    let calls = 0;
    const port = await listen((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end();
    });
    const outbound = createOutbound({ isPrivateAllowed: true });
    const answer = await outbound.fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' });
    expect([answer.status, answer.headers.get('location'), calls]).toEqual([
      307,
      'http://169.254.169.254/latest',
      1,
    ]);
  });

  it('a name without an address is told apart', async () => {
    const outbound = createOutbound({
      isPrivateAllowed: false,
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    expect(await outbound.findFault(new URL('https://nowhere.example.com'))).toBe(
      'There is no address for nowhere.example.com. Check the spelling.',
    );
    expect(await failureOf(outbound.fetch('https://nowhere.example.com'))).toMatchObject({
      code: 'ERR_NEVER_CONNECTED',
    });
  });
});

describe('a call', () => {
  const { fetch: call } = createOutbound({ isPrivateAllowed: true });

  it('carries method, headers and body, and reads a packed answer', async () => {
    const port = await listen((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(`${request.method} ${request.headers['x-a']} ${text}`));
      });
    });
    const answer = await call(`http://127.0.0.1:${port}/`, {
      method: 'PATCH',
      headers: { 'X-A': 'b' },
      body: 'büdget',
    });
    expect(await answer.text()).toBe('PATCH b büdget');
  });

  it('answers 204 without a body', async () => {
    const port = await listen((_request, response) => response.writeHead(204).end());
    expect((await call(`http://127.0.0.1:${port}/`, { method: 'DELETE' })).status).toBe(204);
  });

  it('that is cut off after its head has a status, and a body that fails', async () => {
    const port = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    const answer = await call(`http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('that is dropped without an answer is not called never sent', async () => {
    const port = await listen((request) => request.destroy());
    const failure = await failureOf(call(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }));
    expect(failure).toMatchObject({ code: 'ECONNRESET' });
  });

  it('to a port that nobody listens at was never sent', async () => {
    const port = await listen((_request, response) => response.end());
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(call(`http://127.0.0.1:${port}/`));
    expect(failure).toMatchObject({ code: 'ERR_NEVER_CONNECTED' });
  });

  it('ends when its caller gives up, before and after the answer begins', async () => {
    const port = await listen((request, response) => {
      if (request.url === '/slow') response.write('begin');
    });
    const before = new AbortController();
    const waiting = failureOf(call(`http://127.0.0.1:${port}/`, { signal: before.signal }));
    before.abort();
    expect(await waiting).toMatchObject({ name: 'AbortError' });
    const after = new AbortController();
    const answer = await call(`http://127.0.0.1:${port}/slow`, { signal: after.signal });
    after.abort();
    await expect(answer.text()).rejects.toThrow();
  });
});
