import { describe, expect, it } from 'vitest';
import { addUsd, usd } from '../money/usd';
import { changeShare, foldMembers, type MemberSums, NO_REST, remainderByDay } from './fold-members';

const member = (id: number): MemberSums => ({
  id,
  spend: usd(`${100 - id}.1000000001`),
  previous: usd('0.3'),
  requests: id,
});
const members = (count: number) => Array.from({ length: count }, (_, at) => member(at + 1));

describe('folding members', () => {
  it.each([0, 1, 5, 6])('shows all of %i', (count) => {
    expect(foldMembers(members(count), NO_REST)).toEqual({ drawn: members(count), others: null });
  });

  it('adds up the sixth and seventh, exactly', () => {
    const { drawn, others } = foldMembers(members(7), NO_REST);
    expect(drawn.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(others).toMatchObject({ count: 2, spend: '187.2000000002', previous: '0.6', requests: 13 });
    expect(others?.listed.map(({ id }) => id)).toEqual([6, 7]);
  });

  it('counts those that came without a name among the others', () => {
    const rest = { count: 3, spend: usd('0.0000000001'), previous: usd('1'), requests: 4 };
    const { drawn, others } = foldMembers(members(6), rest);
    expect(others).toMatchObject({ count: 4, spend: '94.1000000002', previous: '1.3', requests: 10 });
    const all = addUsd(...drawn.map(({ spend }) => spend), others?.spend ?? usd(0));
    expect(all).toBe(addUsd(rest.spend, ...members(6).map(({ spend }) => spend)));
  });
});

describe('what is left of a day', () => {
  it('is exact, and all of it without series', () => {
    const totals = [usd('0.3'), usd('5')];
    expect(remainderByDay(totals, [[usd('0.1'), usd('5')], [usd('0.2')]])).toEqual(['0', '0']);
    expect(remainderByDay(totals, [])).toEqual(totals);
  });
});

describe('the change against before', () => {
  it.each([
    ['110', '100', 0.1],
    ['0', '100', -1],
    ['5', '0', null],
  ])('of %s after %s is %s', (spend, previous, share) => {
    expect(changeShare(usd(spend), usd(previous))).toBe(share);
  });
});
