import { describe, expect, it } from 'vitest';
import { parseUtcDay, type UtcDay } from '../periods/utc-day';
import { coverageGaps, dayStates, unknownDays } from './spend-coverage';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const from = day('2026-11-15');
const today = day('2026-11-19');
const of = (...states: string[]) =>
  states.map((marks, id) => ({
    id,
    name: `Connection ${id}`,
    states: marks,
    reason: id === 1 ? 'down' : null,
  }));

describe('the state of a day', () => {
  it.each([
    ['final when every connection was read whole', of('ccccc', 'ccccc'), 'final'],
    ['partial when one is missing', of('ccccc', 'mcccc'), 'partial'],
    ['partial when one was read before the day ended', of('ccccc', 'occcc'), 'partial'],
    ['missing when none was read', of('mcccc', 'mcccc'), 'missing'],
    ['missing when its connection was not read so far', of(''), 'missing'],
    ['final when there is no connection to read', of(), 'final'],
  ])('is %s', (_, coverage, state) => {
    expect(dayStates(from, today, coverage, today)[0]).toBe(state);
  });

  it('of the running day is today, or missing while nobody read it', () => {
    expect(dayStates(from, today, of('cccco', 'ccccm'), today).at(-1)).toBe('today');
    expect(dayStates(from, today, of('ccccm'), today).at(-1)).toBe('missing');
  });
});

describe('gaps', () => {
  it('are told by connection and kind, as runs of days, without today', () => {
    expect(coverageGaps(from, { from, to: today }, of('ccccm', 'mmcom'), today)).toEqual([
      {
        connection: 'Connection 1',
        kind: 'missing',
        ranges: [{ from: '2026-11-15', to: '2026-11-16' }],
        days: 2,
        reason: 'down',
      },
      {
        connection: 'Connection 1',
        kind: 'unfinished',
        ranges: [{ from: '2026-11-18', to: '2026-11-18' }],
        days: 1,
        reason: 'down',
      },
    ]);
  });

  it('count a day once, however many connections miss it', () => {
    expect(unknownDays(from, { from, to: today }, of('mmccm', 'cmocm'), today)).toBe(3);
    expect(unknownDays(from, { from: day('2026-11-18'), to: today }, of('mmccm'), today)).toBe(0);
  });
});
