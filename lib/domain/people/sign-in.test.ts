import { describe, expect, it } from 'vitest';
import { describeRefusal, parseRefusalCode, safeNextPath, toRefusalCode } from './sign-in';

describe('safeNextPath', () => {
  it.each(['/keys', '/keys?status=idle&q=a%20b', '/keys/12#chart', '/'])('keeps the own path %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'keys',
    '',
    null,
    undefined,
    ['/keys'],
  ])('sends %j to the front page', (path) => {
    expect(safeNextPath(path)).toBe('/');
  });

  it.each(['/sign-in?next=/keys', '/setup', '/invite/x', '/api/keys', '/x/../api/keys'])(
    'does not lead to the door %s',
    (path) => {
      expect(safeNextPath(path)).toBe('/');
    },
  );
});

describe('a refusal in an address', () => {
  it('survives the way there and back', () => {
    for (const answer of [
      { refusal: 'wrong', waitSeconds: null },
      { refusal: 'throttled', waitSeconds: 32 },
    ] as const) {
      expect(parseRefusalCode(toRefusalCode(answer))).toEqual(answer);
    }
  });

  it('reads foreign words as a failure, so that no text of an address reaches the page', () => {
    for (const code of ['OAuthCallback', '', 'wrong<script>', 'throttled-9999999999']) {
      const words = describeRefusal(parseRefusalCode(code));
      expect([
        'The sign-in did not complete. Start it again.',
        'Too many tries. Wait a while, then try again.',
      ]).toContain(words);
    }
  });

  it('says the wait in minutes when it is long', () => {
    expect(describeRefusal({ refusal: 'throttled', waitSeconds: 61 })).toContain('61 s');
    expect(describeRefusal({ refusal: 'throttled', waitSeconds: 900 })).toContain('15 min');
  });
});
