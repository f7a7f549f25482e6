import { z } from 'zod';

export const providerKindSchema = z.enum(['openrouter', 'requesty']);
export type ProviderKind = z.infer<typeof providerKindSchema>;

/** Which form of a vendor's API a connection speaks; found out when it is tested. */
export const generationSchema = z.enum(['current', 'classic']);
export type Generation = z.infer<typeof generationSchema>;

export type ProviderWords = {
  readonly name: string;
  readonly initial: string;
  readonly defaultBaseUrl: string;
  /** What is known of the vendor's other addresses. */
  readonly baseUrlHint: string;
  readonly managementKeyHint: string;
};

export const providerWords: Record<ProviderKind, ProviderWords> = {
  openrouter: {
    name: 'OpenRouter',
    initial: 'O',
    defaultBaseUrl: 'https://openrouter.ai/api/v1',
    baseUrlHint: "OpenRouter's regional hosts (eu. and us.) are documented for inference only.",
    managementKeyHint:
      'Made in OpenRouter’s settings under Management Keys, once called provisioning keys. An ordinary API key cannot manage others.',
  },
  requesty: {
    name: 'Requesty',
    initial: 'R',
    defaultBaseUrl: 'https://api-v2.requesty.ai',
    baseUrlHint:
      'The classic API answers at https://api.requesty.ai. Requesty documents no separate EU address for management.',
    managementKeyHint:
      'An API key with the permission “manage”: read shows keys and spend, write is needed to change them.',
  },
};

/** What people call a generation. */
export const generationWords: Record<Generation, string> = {
  current: 'Current API',
  classic: 'Classic API',
};
