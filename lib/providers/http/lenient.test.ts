import { describe, expect, it } from 'vitest';
import { lenientBoolean, lenientCount, lenientDate, lenientText } from './lenient';
import { parseRetryAfter } from './retry-after';

describe('lenientDate', () => {
  it.each([
    ['2025-08-24T10:30:00Z', '2025-08-24T10:30:00.000Z'],
    ['2025-02-19T20:52:27.363244+00:00', '2025-02-19T20:52:27.363Z'],
    ['2025-08-24T10:30:00+02:00', '2025-08-24T08:30:00.000Z'],
    ['2026-08-31 00:00:00', '2026-08-31T00:00:00.000Z'],
    ['2026-08-31 06:15:00+00', '2026-08-31T06:15:00.000Z'],
    ['2026-08-31T06:15Z', '2026-08-31T06:15:00.000Z'],
    ['2026-08-31T06:15:00+0130', '2026-08-31T04:45:00.000Z'],
    ['2026-08-31', '2026-08-31T00:00:00.000Z'],
  ])('reads %s as UTC', (text, expected) => {
    expect(lenientDate(text)?.toISOString()).toBe(expected);
  });

  it.each([null, undefined, '', 'soon', '2026-13-40', 1724500000, '31/08/2026'])('%s is no date', (value) => {
    expect(lenientDate(value)).toBeNull();
  });
});

describe('lenientCount', () => {
  it.each([
    [12, 12],
    ['1523', 1523],
    [null, 0],
    [undefined, 0],
    ['', 0],
    ['many', 0],
    [-3, 0],
    [Number.NaN, 0],
  ])('%s counts %i', (value, expected) => {
    expect(lenientCount(value)).toBe(expected);
  });
});

describe('lenientBoolean and lenientText', () => {
  it('take what is plainly meant and nothing else', () => {
    expect([true, 'true', false, 'false', 1, null].map(lenientBoolean)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
    expect(['a', '', 1, null].map(lenientText)).toEqual(['a', null, null, null]);
  });
});

describe('parseRetryAfter', () => {
  const now = new Date('2026-08-20T15:30:00Z');
  it.each([
    ['7', 7000],
    ['0.5', 500],
    ['Thu, 20 Aug 2026 15:31:30 GMT', 90_000],
    ['Thu, 20 Aug 2026 15:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('%s asks for %s ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
