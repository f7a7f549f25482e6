import { describe, expect, it } from 'vitest';
import { readProgressText } from './read-progress';

describe('the words of a running read', () => {
  it.each([
    ['keys', 0, null, '0 keys read'],
    ['keys', 1, null, '1 key read'],
    ['keys', 1200, 5000, '1,200 keys read'],
    ['usage', 0, null, 'usage: starting'],
    ['usage', 0, 0, 'usage: starting'],
    ['usage', 164, 400, 'usage: 41%'],
    ['usage', 399, 400, 'usage: 99%'],
    ['usage', 401, 400, 'usage: 100%'],
  ] as const)('%s %s of %s', (kind, done, total, text) => {
    expect(readProgressText({ kind, done, total })).toBe(text);
  });
});
