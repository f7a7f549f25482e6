import type { z } from 'zod';
import type { createConnectionSchema } from '@/lib/domain/connections/connection-input';
import { type ProviderKind, providerWords } from '@/lib/domain/connections/provider-kind';

export type ConnectionForm = z.input<typeof createConnectionSchema>;

export const formFields = ['provider', 'name', 'baseUrl', 'managementKey'] as const;

/** What a test depends on: its report holds only while these stay as they were. */
export type TestedValues = Pick<ConnectionForm, 'provider' | 'baseUrl' | 'managementKey'>;

export function isSameTest(a: TestedValues, b: TestedValues): boolean {
  return a.provider === b.provider && a.baseUrl === b.baseUrl && a.managementKey === b.managementKey;
}

/** The provider's name, with a number when a connection carries it already. */
export function suggestName(provider: ProviderKind, taken: readonly string[]): string {
  const { name } = providerWords[provider];
  const used = new Set(taken.map((text) => text.toLowerCase()));
  if (!used.has(name.toLowerCase())) return name;
  let number = 2;
  while (used.has(`${name} ${number}`.toLowerCase())) number += 1;
  return `${name} ${number}`;
}

export function emptyConnectionForm(taken: readonly string[]): ConnectionForm {
  const provider: ProviderKind = 'openrouter';
  return {
    provider,
    name: suggestName(provider, taken),
    baseUrl: providerWords[provider].defaultBaseUrl,
    managementKey: '',
  };
}

/** Another provider brings its own suggestions; what was typed over a suggestion stays. */
export function withProvider(
  form: ConnectionForm,
  provider: ProviderKind,
  taken: readonly string[],
): Pick<ConnectionForm, 'provider' | 'name' | 'baseUrl'> {
  const wasSuggested = form.name.trim() === '' || form.name === suggestName(form.provider, taken);
  const wasDefault =
    form.baseUrl.trim() === '' || form.baseUrl === providerWords[form.provider].defaultBaseUrl;
  return {
    provider,
    name: wasSuggested ? suggestName(provider, taken) : form.name,
    baseUrl: wasDefault ? providerWords[provider].defaultBaseUrl : form.baseUrl,
  };
}
