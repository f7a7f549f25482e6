import { describe, expect, it } from 'vitest';
import { meterTone } from './meter-tone';

describe('meterTone', () => {
  it.each([
    [0, 'ok'],
    [0.7999, 'ok'],
    [0.8, 'warn'],
    [0.9499, 'warn'],
    [0.95, 'bad'],
    [3, 'bad'],
  ])('at %d used says %s', (used, tone) => {
    expect(meterTone(used)).toBe(tone);
  });

  it('takes the thresholds of the caller', () => {
    expect(meterTone(0.5, { warn: 0.4, bad: 0.6 })).toBe('warn');
    expect(meterTone(0.6, { warn: 0.4, bad: 0.6 })).toBe('bad');
  });
});
