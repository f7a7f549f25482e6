import { describe, expect, it } from 'vitest';
import { BLOCKED, capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { limitActionText } from './limit-action';
import { FOR_GOOD } from './limit-duration';

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const edit = {
  current: monthly(50),
  next: monthly(80),
  isByokEdited: false,
  duration: FOR_GOOD,
  isRaised: false,
};
const until = { kind: 'until', day: '2026-12-03' } as const;

describe('what the button of the limit editor says', () => {
  it.each([
    ['a raise', edit, 'Raise limit to $80'],
    ['a lower one', { ...edit, next: monthly(20) }, 'Lower limit to $20'],
    ['another window', { ...edit, next: capped(usd(20), 'daily') }, 'Raise limit to $20 daily'],
    ['no limit', { ...edit, next: UNLIMITED }, 'Remove limit'],
    ['a block', { ...edit, next: BLOCKED }, 'Block key'],
    ['the same', { ...edit, next: monthly(50) }, null],
    ['only what counts', { ...edit, next: monthly(50), isByokEdited: true }, 'Change what counts'],
    ['until a date', { ...edit, duration: until }, 'Raise to $80 monthly until 3 Dec'],
    ['until no date', { ...edit, duration: { ...until, day: '' } }, null],
    ['lower until a date', { ...edit, next: monthly(20), duration: until }, null],
    ['below a raise', { ...edit, isRaised: true }, 'Set $80 monthly below the raise'],
  ])('%s', (_, given, words) => {
    expect(limitActionText(given)).toBe(words);
  });
});
