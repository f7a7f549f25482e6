import { describe, expect, it } from 'vitest';
import { emptyConnectionForm, isSameTest, suggestName, withProvider } from './connection-form-state';

describe('the suggested name', () => {
  it('is the provider, numbered when a connection carries it, whatever the case', () => {
    expect(suggestName('openrouter', [])).toBe('OpenRouter');
    expect(suggestName('openrouter', ['openrouter', 'Requesty'])).toBe('OpenRouter 2');
    expect(suggestName('requesty', ['Requesty', 'Requesty 2', 'requesty 3'])).toBe('Requesty 4');
  });
});

describe('choosing another provider', () => {
  const form = emptyConnectionForm([]);

  it('replaces what was only suggested', () => {
    expect(withProvider(form, 'requesty', [])).toEqual({
      provider: 'requesty',
      name: 'Requesty',
      baseUrl: 'https://api-v2.requesty.ai',
    });
  });

  it('keeps what was typed', () => {
    const typed = { ...form, name: 'Research', baseUrl: 'https://proxy.example.com/v1' };
    expect(withProvider(typed, 'requesty', [])).toMatchObject({
      name: 'Research',
      baseUrl: 'https://proxy.example.com/v1',
    });
  });
});

describe('a report', () => {
  const tested = { provider: 'openrouter', baseUrl: 'https://a.example', managementKey: 'sk-1' } as const;

  it('holds for the same values alone', () => {
    expect(isSameTest(tested, { ...tested })).toBe(true);
    expect(isSameTest(tested, { ...tested, provider: 'requesty' })).toBe(false);
    expect(isSameTest(tested, { ...tested, baseUrl: 'https://b.example' })).toBe(false);
    expect(isSameTest(tested, { ...tested, managementKey: 'sk-2' })).toBe(false);
  });
});
