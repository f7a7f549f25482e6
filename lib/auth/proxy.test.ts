import { randomBytes, randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { proxy } from '@/proxy';

const origin = 'https://keys.example.com';
const secret = randomBytes(32).toString('hex');

beforeAll(() => {
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
  vi.stubEnv('KEYWARD_PUBLIC_URL', origin);
  vi.stubEnv('KEYWARD_MASTER_KEY', randomBytes(32).toString('base64'));
  vi.stubEnv('KEYWARD_SESSION_SECRET', secret);
  return () => vi.unstubAllEnvs();
});

type Given = { method?: string; headers?: Record<string, string> };
const ask = (path: string, given: Given = {}) => proxy(new NextRequest(`${origin}${path}`, given));
/** A header as the page will see it. */
const passedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

async function signedIn(path: string, given: Given = {}) {
  const token = await encode({ token: { sid: randomUUID() }, secret, maxAge: 60 });
  return ask(path, { ...given, headers: { ...given.headers, cookie: `__Host-keyward.session=${token}` } });
}

describe('a stranger', () => {
  it('is sent to sign in, and back to the page afterwards', async () => {
    const response = await ask('/keys?status=idle&q=a%26b');
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(
      `${origin}/sign-in?next=${encodeURIComponent('/keys?status=idle&q=a%26b')}`,
    );
  });

  it('gets JSON from an API route', async () => {
    const response = await ask('/api/keys');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'signed_out' } });
  });

  it('gets no further with a cookie of their own making', async () => {
    const headers = { cookie: `__Host-keyward.session=${randomUUID()}` };
    expect((await ask('/keys', { headers })).status).toBe(307);
  });

  it.each([
    '/sign-in',
    '/setup?token=x',
    '/invite/x',
    '/reset/x',
    '/pick-up/x',
    '/api/auth/csrf',
    '/api/health',
    '/api/ready',
  ])('may open %s', async (path) => {
    expect(passedOn(await ask(path), 'x-nonce')).not.toBeNull();
  });

  it.each(['/sign-inn', '/setups', '/pick-ups', '/api/authority', '/api/healthy', '/keys/sign-in'])(
    'may not open %s',
    async (path) => {
      expect([307, 401]).toContain((await ask(path)).status);
    },
  );

  it('is answered by a server action itself, and by nothing else that is posted', async () => {
    const action = await ask('/keys', { method: 'POST', headers: { 'next-action': 'abc' } });
    expect(passedOn(action, 'x-nonce')).not.toBeNull();
    expect((await ask('/keys', { method: 'POST' })).status).toBe(303);
  });
});

describe('every answer', () => {
  it('carries the security headers, a refusal too', async () => {
    for (const response of [await ask('/keys'), await ask('/api/keys'), await signedIn('/keys')]) {
      expect(response.headers.get('content-security-policy')).toContain("'strict-dynamic'");
      expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('has a nonce of its own, the same in the policy and for the page', async () => {
    const [one, other] = [await signedIn('/keys'), await signedIn('/keys')];
    const nonce = passedOn(one, 'x-nonce');
    expect(one.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(passedOn(other, 'x-nonce')).not.toBe(nonce);
  });
});

describe('what a page is told', () => {
  it('is its own path and nonce, whatever the client claims', async () => {
    const headers = { 'x-keyward-path': '/elsewhere', 'x-nonce': 'mine' };
    const response = await signedIn('/keys?a=1', { headers });
    expect(passedOn(response, 'x-keyward-path')).toBe('/keys?a=1');
    expect(passedOn(response, 'x-nonce')).not.toBe('mine');
  });

  it('is the public host when the browser acts from there, and else the one it was asked by', async () => {
    const headers = { 'next-action': 'abc', host: 'internal:3000' };
    const own = await signedIn('/keys', { method: 'POST', headers: { ...headers, origin } });
    expect(passedOn(own, 'x-forwarded-host')).toBe('keys.example.com');
    const foreign = { ...headers, origin: 'https://evil.example' };
    expect(
      passedOn(await signedIn('/keys', { method: 'POST', headers: foreign }), 'x-forwarded-host'),
    ).toBeNull();
  });
});
