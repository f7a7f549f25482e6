import { z } from 'zod';

export const providerKindSchema = z.enum(['openrouter', 'requesty']);
export type ProviderKind = z.infer<typeof providerKindSchema>;

/** Which form of a vendor's API a connection speaks; found out when it is tested. */
export const generationSchema = z.enum(['current', 'classic']);
export type Generation = z.infer<typeof generationSchema>;

export const providerWords: Record<ProviderKind, { name: string; initial: string; defaultBaseUrl: string }> =
  {
    openrouter: { name: 'OpenRouter', initial: 'O', defaultBaseUrl: 'https://openrouter.ai/api/v1' },
    requesty: { name: 'Requesty', initial: 'R', defaultBaseUrl: 'https://api-v2.requesty.ai' },
  };
