import { describe, expect, it } from 'vitest';
import { baseUrlFault, baseUrlSchema, isLoopbackHost } from './base-url';

const loopback = [
  'http://127.0.0.1:4010/api/v1',
  'http://127.8.9.10',
  'http://127.1:80',
  'http://2130706433',
  'http://0x7f.1',
  'http://0.0.0.0:4010',
  'http://localhost:4010',
  'http://LOCALHOST.',
  'http://console.localhost',
  'http://[::1]:4010',
  'http://[::]',
  'http://[::ffff:127.0.0.1]',
];

describe('an address on this machine', () => {
  it.each(loopback)('%s is accepted where loopback is allowed, in plain http too', (address) => {
    expect(baseUrlFault(address, true)).toBeNull();
  });

  it.each([...loopback, ...loopback.map((address) => address.replace('http:', 'https:'))])(
    '%s is refused where loopback is not allowed',
    (address) => {
      expect(baseUrlFault(address, false)).toBe('An address on this machine is not accepted here.');
    },
  );

  it('is not any name that only begins or ends like one', () => {
    for (const host of [
      'localhost.example.com',
      'mylocalhost',
      '127.0.0.1.example.com',
      '128.0.0.1',
      '[::2]',
    ]) {
      expect(isLoopbackHost(host)).toBe(false);
    }
  });
});

describe('any other address', () => {
  it.each([true, false])('is accepted over https (loopback allowed: %s)', (isPrivateAllowed) => {
    expect(baseUrlFault('https://openrouter.ai/api/v1', isPrivateAllowed)).toBeNull();
    expect(baseUrlFault('https://proxy.example.com:8443', isPrivateAllowed)).toBeNull();
  });

  it.each([
    'http://openrouter.ai/api/v1',
    'ftp://openrouter.ai',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('%s is refused: not https', (address) => {
    expect(baseUrlFault(address, true)).toBe('Only https addresses are accepted.');
  });

  it.each(['ftp://127.0.0.1/x', 'ws://localhost:4010'])('%s is refused on loopback too', (address) => {
    expect(baseUrlFault(address, true)).toBe('Only https addresses are accepted.');
  });

  it.each(['https://user:secret@openrouter.ai', 'https://user@openrouter.ai', 'http://:secret@127.0.0.1'])(
    '%s is refused: it carries a sign-in',
    (address) => {
      expect(baseUrlFault(address, true)).toBe('An address with a password in it is not accepted.');
    },
  );

  it.each(['https://openrouter.ai/?key=1', 'https://openrouter.ai/#x', 'https://openrouter.ai/?'])(
    '%s is refused: a base has no query and no fragment',
    (address) => {
      expect(baseUrlFault(address, false)).toBe('Leave out what begins with “?” or “#”.');
    },
  );

  it.each(['', 'openrouter.ai', 'https://', '//openrouter.ai'])('%j is no address', (text) => {
    expect(baseUrlFault(text, true)).toMatch(/^Enter a whole address/);
    expect(baseUrlSchema.safeParse(text).success).toBe(false);
  });
});

describe('a typed address', () => {
  it('loses spaces around it and slashes at its end', () => {
    expect(baseUrlSchema.parse('  https://openrouter.ai/api/v1//  ')).toBe('https://openrouter.ai/api/v1');
  });
});
