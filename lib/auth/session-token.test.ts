import { randomBytes, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readSessionId } from './session-token';

const secret = randomBytes(32).toString('hex');

beforeAll(() => {
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
  vi.stubEnv('KEYWARD_PUBLIC_URL', 'http://127.0.0.1:3000');
  vi.stubEnv('KEYWARD_MASTER_KEY', randomBytes(32).toString('base64'));
  vi.stubEnv('KEYWARD_SESSION_SECRET', secret);
  return () => vi.unstubAllEnvs();
});

describe('readSessionId', () => {
  it('reads the id that we sealed', async () => {
    const sid = randomUUID();
    expect(await readSessionId(await encode({ token: { sid }, secret, maxAge: 60 }))).toBe(sid);
  });

  it('reads nothing from a cookie that is foreign, damaged, outdated or no session', async () => {
    const sid = randomUUID();
    const good = await encode({ token: { sid }, secret, maxAge: 60 });
    const bad = [
      undefined,
      '',
      'garbage',
      'a.b.c.d.e',
      `${good.slice(0, -2)}AA`,
      good.slice(0, 40),
      await encode({ token: { sid }, secret: 'another secret', maxAge: 60 }),
      await encode({ token: { sid }, secret, maxAge: -60 }),
      await encode({ token: { sid: 'not an id' }, secret, maxAge: 60 }),
      await encode({ token: { sub: sid }, secret, maxAge: 60 }),
    ];
    for (const token of bad) expect(await readSessionId(token)).toBeNull();
  });
});
