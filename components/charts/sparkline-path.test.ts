import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path';

describe('sparklinePath', () => {
  it('draws a missing day as a floating dash and a zero day as a sliver on the ground', () => {
    const { bars } = sparklinePath([null, 0, 10], 30, 20);
    expect(bars).toBe('M0 9.5h6.8v1h-6.8zM10 19.2h6.8v0.8h-6.8z');
  });

  it('sets the last bar apart, full height when it is the highest', () => {
    expect(sparklinePath([5, 10], 20, 20).last).toBe('M10 0h6.8v20h-6.8z');
  });

  it('has no last bar when the last day has no data, and its dash stays', () => {
    const { bars, last } = sparklinePath([5, null], 20, 20);
    expect(last).toBe('');
    expect(bars.match(/M/g)).toHaveLength(2);
  });

  it('draws nothing from nothing', () => {
    expect(sparklinePath([], 20, 20)).toEqual({ bars: '', last: '' });
  });
});
