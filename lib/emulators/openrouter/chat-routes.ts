import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { nanoToNumber } from '../shared/money';
import { jsonBody } from '../shared/wire';
import { ApiError, badRequest, parse, unknownCaller } from './api-error';
import { type AppEnv, anyKey } from './app-env';
import { checkBudgets } from './check-budgets';
import type { OpenRouterState } from './state';
import type { StoredKey } from './stored';

const ChatInput = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })).min(1),
  max_tokens: z.int().min(1).optional(),
  stream: z.boolean().optional(),
});

const REPLY = 'This answer comes from the OpenRouter emulator; no model was asked.';
const CHARACTERS_PER_TOKEN = 4;

/** /chat/completions, enough to try a key: books one request and obeys limit, budget and switch-off. */
export function chatRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.post('/', anyKey(state), async (c) => {
    const caller = c.get('caller');
    if (caller.kind === 'management') throw unknownCaller();
    const input = parse(ChatInput, await jsonBody(c));
    if (input.stream) throw badRequest('stream: The emulator does not stream');
    checkBudgets(state, caller.key);
    const promptTokens = Math.ceil(JSON.stringify(input.messages).length / CHARACTERS_PER_TOKEN);
    const replyTokens = Math.ceil(REPLY.length / CHARACTERS_PER_TOKEN);
    const completionTokens = Math.min(input.max_tokens ?? replyTokens, replyTokens);
    const cost = state.ledger.request(caller.key.hash, state.now(), input.model, {
      promptTokens,
      completionTokens,
    });
    if (cost === null) throw limitReached(state, caller.key);
    return c.json({
      id: `gen-${Math.floor(state.now() / 1000)}-${randomBytes(10).toString('hex')}`,
      object: 'chat.completion',
      created: Math.floor(state.now() / 1000),
      model: input.model,
      choices: [{ index: 0, message: { role: 'assistant', content: REPLY }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
        cost: nanoToNumber(cost),
      },
    });
  });
  return app;
}

function limitReached(state: OpenRouterState, key: StoredKey): ApiError {
  const which = key.limitReset ?? 'total';
  const text = `Key limit exceeded (${which} limit). Manage it using https://openrouter.ai/settings/keys`;
  return state.switches.keyLimitStatus === 402
    ? new ApiError(402, text, { limit_source: 'openrouter_key_limit' })
    : new ApiError(403, text);
}
