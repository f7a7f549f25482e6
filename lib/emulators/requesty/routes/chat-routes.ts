import { Hono } from 'hono';
import { nanoToNumber } from '../../shared/money';
import { permitInference } from '../allow-inference';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { badRequest } from '../errors';
import { type JsonBody, requireJsonBody, requireText } from '../request-body';

const CHARACTERS_A_TOKEN = 4;
const DEFAULT_COMPLETION_TOKENS = 64;

/** `POST /v1/chat/completions`: spends in the ledger what a request of this size costs. */
export function chatRoutes(emulator: RequestyEmulator): Hono<RouteEnv> {
  const routes = new Hono<RouteEnv>();
  routes.post('/completions', async (c) => {
    const body = await requireJsonBody(c);
    const model = requireText(body, 'model');
    const tokens = { promptTokens: promptTokens(body), completionTokens: completionTokens(body) };
    const key = c.get('caller');
    permitInference(emulator, key, model);
    const price = emulator.figures.request(key, model, tokens);
    return c.json({
      id: `chatcmpl-${emulator.random.hex(24)}`,
      object: 'chat.completion',
      created: Math.floor(emulator.clock.now().getTime() / 1000),
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Understood.' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: tokens.promptTokens,
        completion_tokens: tokens.completionTokens,
        total_tokens: tokens.promptTokens + tokens.completionTokens,
        cost: nanoToNumber(price),
      },
    });
  });
  return routes;
}

function promptTokens(body: JsonBody): number {
  if (!Array.isArray(body.messages)) throw badRequest('messages must be an array');
  return Math.max(1, Math.ceil(JSON.stringify(body.messages).length / CHARACTERS_A_TOKEN));
}

function completionTokens(body: JsonBody): number {
  const wanted = body.max_tokens ?? DEFAULT_COMPLETION_TOKENS;
  if (typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 0) return wanted;
  throw badRequest('max_tokens must be a positive integer');
}
