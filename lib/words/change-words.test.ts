import { describe, expect, test } from 'vitest';
import { changeFailureText } from './change-words';

describe('why a change failed', () => {
  test.for([
    [{ kind: 'forbidden', status: 403, message: 'Not yours.' }, 'OpenRouter said: “Not yours.”'],
    [
      { kind: 'forbidden', status: 403, message: null },
      'OpenRouter does not let the management key do this.',
    ],
    [{ kind: 'unknown_outcome' }, 'OpenRouter did not answer.'],
    [{ kind: 'unexpected' }, 'Keyward failed while it was under way.'],
    [{ kind: 'invalid_request' }, 'OpenRouter refused: invalid request.'],
  ] as const)('%o', ([failure, text]) => {
    expect(changeFailureText(failure, 'OpenRouter')).toBe(text);
  });

  test('says nothing of a change that did not', () => {
    expect(changeFailureText(null, 'OpenRouter')).toBe(null);
  });
});
