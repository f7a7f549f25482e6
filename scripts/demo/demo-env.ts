import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  KEYWARD_DEMO_OPENROUTER_URL: url,
  KEYWARD_DEMO_OPENROUTER_KEY: z.string().min(1),
  KEYWARD_DEMO_REQUESTY_URL: url,
  KEYWARD_DEMO_REQUESTY_KEY: z.string().min(1),
});

export type DemoProvider = {
  readonly provider: 'openrouter' | 'requesty';
  readonly name: string;
  readonly baseUrl: string;
  readonly managementKey: string;
};

/** The providers of the sample. The classic generation serves the same account, so it is not connected twice. */
export function readDemoProviders(source: NodeJS.ProcessEnv): readonly DemoProvider[] {
  const env = schema.parse(source);
  return [
    {
      provider: 'openrouter',
      name: 'OpenRouter',
      baseUrl: env.KEYWARD_DEMO_OPENROUTER_URL,
      managementKey: env.KEYWARD_DEMO_OPENROUTER_KEY,
    },
    {
      provider: 'requesty',
      name: 'Requesty',
      baseUrl: env.KEYWARD_DEMO_REQUESTY_URL,
      managementKey: env.KEYWARD_DEMO_REQUESTY_KEY,
    },
  ];
}
