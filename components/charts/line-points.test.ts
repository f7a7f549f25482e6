import { describe, expect, it } from 'vitest';
import type { ChartDay } from './chart-types';
import { linePoints } from './line-points';

const series = [{ key: 'a', label: 'A' }];
const days: ChartDay[] = [
  { day: '2026-11-01', state: 'final', values: { a: 1 } },
  { day: '2026-11-02', state: 'missing', values: {} },
  { day: '2026-11-03', state: 'today', values: { a: 4 } },
  { day: '2026-11-04', state: 'forecast', values: { a: 6 } },
];

describe('linePoints', () => {
  it('leaves a gap where nothing was read, and joins the forecast to the last known day', () => {
    const points = linePoints(days, series);
    expect(points.map((point) => point.known.a)).toEqual([1, null, 4, null]);
    expect(points.map((point) => point.expected.a)).toEqual([null, null, 4, 6]);
  });

  it('expects nothing when there is no forecast', () => {
    const points = linePoints(days.slice(0, 3), series);
    expect(points.every((point) => point.expected.a === null)).toBe(true);
  });
});
