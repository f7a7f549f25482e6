import { createPrng } from './prng';

/** A model as both vendors name it, with list prices in nano-dollars per token. */
export interface CatalogueModel {
  id: string;
  permaslug: string;
  provider: string;
  endpointId: string;
  promptNano: number;
  cachedNano: number;
  completionNano: number;
  /** Share of completion tokens spent on reasoning; 0 for models that do not reason. */
  reasoningShare: number;
}

type Row = [
  id: string,
  suffix: string,
  provider: string,
  prompt: number,
  cached: number,
  completion: number,
  reasoning: number,
];

const rows: Row[] = [
  ['openai/gpt-5', '-2025-08-07', 'OpenAI', 1250, 125, 10_000, 0.45],
  ['openai/gpt-5-mini', '-2025-08-07', 'OpenAI', 250, 25, 2000, 0.35],
  ['openai/gpt-5-nano', '-2025-08-07', 'OpenAI', 50, 5, 400, 0.3],
  ['openai/gpt-4.1', '-2025-04-14', 'OpenAI', 2000, 500, 8000, 0],
  ['anthropic/claude-sonnet-4.5', '-20250929', 'Anthropic', 3000, 300, 15_000, 0.2],
  ['anthropic/claude-haiku-4.5', '-20251001', 'Anthropic', 1000, 100, 5000, 0],
  ['google/gemini-2.5-pro', '', 'Google AI Studio', 1250, 310, 10_000, 0.4],
  ['google/gemini-2.5-flash', '', 'Google AI Studio', 300, 75, 2500, 0.15],
  ['google/gemini-2.5-flash-lite', '', 'Google AI Studio', 100, 25, 400, 0],
  ['deepseek/deepseek-chat-v3.1', '', 'DeepSeek', 270, 70, 1000, 0],
  ['mistralai/mistral-small-3.2-24b-instruct', '-2506', 'Mistral', 100, 100, 300, 0],
  ['meta-llama/llama-3.3-70b-instruct', '', 'Together', 130, 130, 390, 0],
];

export const catalogue: readonly CatalogueModel[] = rows.map(
  ([id, suffix, provider, promptNano, cachedNano, completionNano, reasoningShare]) => ({
    id,
    permaslug: `${id}${suffix}`,
    provider,
    endpointId: createPrng(`endpoint ${id}`).uuid(),
    promptNano,
    cachedNano,
    completionNano,
    reasoningShare,
  }),
);

/** A model that is not in the catalogue but was asked for: billed at a middling price. */
export function unlistedModel(id: string): CatalogueModel {
  const [maker = 'unknown'] = id.split('/');
  return {
    id,
    permaslug: id,
    provider: maker,
    endpointId: createPrng(`endpoint ${id}`).uuid(),
    promptNano: 500,
    cachedNano: 500,
    completionNano: 1500,
    reasoningShare: 0,
  };
}

/** What tokens of a model cost, in whole nano-dollars. `cachedTokens` are a part of `promptTokens`. */
export function priceNano(
  model: CatalogueModel,
  tokens: { promptTokens: number; cachedTokens: number; completionTokens: number },
): number {
  return (
    (tokens.promptTokens - tokens.cachedTokens) * model.promptNano +
    tokens.cachedTokens * model.cachedNano +
    tokens.completionTokens * model.completionNano
  );
}
