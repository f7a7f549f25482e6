import { describe, expect, it } from 'vitest';
import { clientAddress, throttleAddress } from './network-address';

describe('throttleAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['[2001:DB8::1]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (text, counted) => {
    expect(throttleAddress(text)).toBe(counted);
  });

  it.each([null, '', 'unknown', '1.2.3', '1.2.3.256', '1::2::3', '1:2:3', '12345::1', '::1; drop'])(
    'knows no %j',
    (text) => {
      expect(throttleAddress(text)).toBeNull();
    },
  );
});

describe('clientAddress', () => {
  it('believes nothing but the connection without a trusted proxy', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6', 0)).toBe('10.0.0.1');
    expect(clientAddress('', '6.6.6.6', 0)).toBeNull();
  });

  it('takes what the outermost trusted proxy saw, not what the client wrote before it', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.9', 1)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
  });

  it('knows no address when a proxy was left out', () => {
    expect(clientAddress('10.0.0.1', null, 1)).toBeNull();
    expect(clientAddress('10.0.0.1', '203.0.113.9', 2)).toBeNull();
  });
});
