import { describe, expect, it } from 'vitest';
import { limitProjection } from './limit-projection';

const points = [
  { at: 0, value: 0 },
  { at: 0.5, value: 57 },
];

describe('limitProjection', () => {
  it('puts spend, forecast and limits on one scale', () => {
    const { line, area, projection, top } = limitProjection(points, 80, [100, null]);
    expect(line).toBe('M0.00 100.00L50.00 50.00');
    expect(area).toBe('M0.00 100.00L50.00 50.00L50.00 100.00L0.00 100.00z');
    expect(projection).toBe('M50.00 50.00L100.00 29.82');
    expect(top(114)).toBe(0);
    expect(top(0)).toBe(100);
  });

  it('draws no forecast where there is no telling, and nothing from nothing', () => {
    expect(limitProjection(points, null, []).projection).toBe('');
    expect(limitProjection([], 10, [5])).toMatchObject({ line: '', area: '', projection: '' });
  });

  it('stays on the drawing when nothing was spent', () => {
    expect(limitProjection([{ at: 0, value: 0 }], 0, [null]).line).toBe('M0.00 100.00');
  });
});
