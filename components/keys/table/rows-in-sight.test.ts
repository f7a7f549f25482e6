import { describe, expect, test } from 'vitest';
import { rowsToDraw, scrollTopFor, sightOf } from './rows-in-sight';

const HEIGHT = 36 + 10 * 48;
const drawn = (scrollTop: number, count: number, keptAt = -1) =>
  rowsToDraw(sightOf(scrollTop, HEIGHT), count, keptAt);

describe('rows in sight', () => {
  test.each([
    [0, 10_000, 0, 10],
    [24, 10_000, 0, 10],
    [48, 10_000, 0, 14],
    [480, 10_000, 6, 23],
    [9_990 * 48, 10_000, 9_986, 9_999],
    [0, 3, 0, 2],
  ])('scrolled by %i px of %i rows: %i to %i', (scrollTop, count, first, last) => {
    const rows = drawn(scrollTop, count);
    expect([rows[0], rows.at(-1)]).toEqual([first, last]);
    expect(rows).toHaveLength(last - first + 1);
  });

  test('nothing is drawn of nothing', () => expect(drawn(0, 0)).toEqual([]));

  test('a list that became shorter shows its end until the box has scrolled back', () => {
    expect(drawn(5_000 * 48, 12)).toEqual([...Array(12).keys()]);
  });

  test('the row with the focus is drawn wherever it is, once and in its place', () => {
    expect(drawn(0, 100, 90).at(-1)).toBe(90);
    expect(drawn(80 * 48, 100, 2)[0]).toBe(2);
    expect(drawn(0, 100, 5).filter((at) => at === 5)).toHaveLength(1);
    expect(drawn(0, 100, 100)).not.toContain(100);
  });
});

test('a row is brought into sight by the shortest way, below the heading', () => {
  expect(scrollTopFor(3, 480, HEIGHT)).toBe(144);
  expect(scrollTopFor(10, 480, HEIGHT)).toBe(480);
  expect(scrollTopFor(19, 480, HEIGHT)).toBe(480);
  expect(scrollTopFor(20, 480, HEIGHT)).toBe(528);
});
