import { describe, expect, it } from 'vitest';
import { scrub } from './scrub';

const KEY = 'my-own/odd+key=';

describe('scrub', () => {
  it.each([
    ['the management key itself', `no right for ${KEY}!`, 'no right for [hidden]!'],
    ['an OpenRouter key', `key sk-or-v1-${'0e6'.repeat(21)} is bad`, 'key [hidden] is bad'],
    ['a Requesty key', 'key rqsty-sk-05sA1jSG+hx/ktQVkRwvxK8thXuwFq= is bad', 'key [hidden] is bad'],
    ['a bearer header', 'Authorization: Bearer abc.def', 'Authorization: [hidden]'],
    ['a token in three parts', 'token eyJhbGciOi.eyJzdWIi.c2ln ends', 'token [hidden] ends'],
    ['a long run of hex', `hash ${'a1'.repeat(20)}`, 'hash [hidden]'],
  ])('hides %s', (_, text, expected) => {
    expect(scrub(text, KEY)).toBe(expected);
  });

  it('leaves ordinary words, ids and amounts alone', () => {
    const text = 'group 3c90c3cc-0d44-4b50-8888-8dd25736052a of $500.00 was not found';
    expect(scrub(text, KEY)).toBe(text);
  });

  it('keeps one line of at most 200 characters', () => {
    expect(scrub('first\n  second', '')).toBe('first second');
    const long = scrub('word '.repeat(100), KEY);
    expect(long).toHaveLength(200);
    expect(long.endsWith('…')).toBe(true);
  });
});
