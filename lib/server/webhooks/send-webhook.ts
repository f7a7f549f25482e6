import 'server-only';
import type { Payload } from '@/lib/domain/notifications/payload';
import { webhookBody } from '@/lib/domain/notifications/webhook-body';
import { webhookUrlFault } from '@/lib/domain/notifications/webhook-input';
import { SecretBoxError } from '@/lib/utils/secret-box';
import type { ServerContext } from '../context';
import type { Attempt } from '../deliveries/attempt';
import { openWebhook, signatureOf, type WebhookRow } from './webhook-secret';

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_CHARACTERS = 500;
const GONE = 410;

type Answered = Attempt & { readonly answer: string };

const failed = (failure: string, facts: Partial<Answered> = {}): Answered => ({
  kind: 'failed',
  status: null,
  isFinal: false,
  retryAfterMs: 0,
  answer: '',
  ...facts,
  failure,
});

/** Sends one delivery once, signed with the moment of this try. Never throws for what the receiver does. */
export async function sendWebhook(
  context: ServerContext,
  row: WebhookRow,
  { deliveryId, payload }: { readonly deliveryId: string; readonly payload: Payload },
): Promise<Answered> {
  const { outbound, masterKey } = context.providers;
  const opened = openOrNull(masterKey, row);
  if (opened === null) return failed('Its address cannot be opened with this master key.', { isFinal: true });
  const { url, secret } = opened;
  const fault = webhookUrlFault(url, outbound.isPrivateAllowed);
  if (fault) return failed(fault, { isFinal: true });
  const publicUrl = context.messaging?.publicUrl ?? '';
  const body = webhookBody(row.format, payload, { publicUrl, deliveryId });
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-keyward-delivery': deliveryId,
    'x-keyward-topic': payload.topic,
  };
  if (secret !== null) headers['x-keyward-signature'] = signatureOf(secret, body, context.now());
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await outbound.fetch(url, { method: 'POST', headers, body, signal });
    return judge(response, await readStart(response));
  } catch (error) {
    return failed(failureText(error, signal.aborted));
  }
}

function openOrNull(masterKey: Buffer, row: WebhookRow) {
  try {
    return openWebhook(masterKey, row);
  } catch (error) {
    if (error instanceof SecretBoxError) return null;
    throw error;
  }
}

function judge(response: Response, answer: string): Answered {
  const { status } = response;
  if (response.ok) return { kind: 'delivered', status, answer };
  if (status >= 300 && status < 400) {
    return failed('The receiver answered with a redirect, which is never followed.', { status, answer });
  }
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return failed(`The receiver answered ${status}.`, {
    status,
    answer,
    isFinal: status === GONE,
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0,
  });
}

/** The beginning of the answer's text; the rest is left unread. */
async function readStart(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  try {
    while (text.length < MOST_ANSWER_CHARACTERS) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status has been told already, which is what counts.
    return text.slice(0, MOST_ANSWER_CHARACTERS);
  }
  await reader.cancel();
  return text.slice(0, MOST_ANSWER_CHARACTERS);
}

function failureText(error: unknown, isTimedOut: boolean): string {
  if (isTimedOut) return `The receiver did not answer within ${TIMEOUT_MS / 1_000} seconds.`;
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (cause instanceof Error && code === 'ERR_FORBIDDEN_ADDRESS') return cause.message;
  if (code === 'ERR_NEVER_CONNECTED') return 'The receiver could not be reached.';
  return 'The receiver closed the connection without an answer.';
}
