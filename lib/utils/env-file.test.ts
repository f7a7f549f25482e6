import { describe, expect, it } from 'vitest';
import { toEnvFile } from './env-file';

describe('toEnvFile', () => {
  it.each([
    ['checkout-assistant', "CHECKOUT_ASSISTANT_API_KEY='s'\n"],
    ['2nd key', "KEY_2ND_KEY_API_KEY='s'\n"],
    ['  Ünïcode! ', "N_CODE_API_KEY='s'\n"],
  ])('names the variable after %s', (name, text) => {
    expect(toEnvFile(name, 's')).toBe(text);
  });
});
