import 'server-only';
import { createTransport } from 'nodemailer';
import { mailMessage } from '@/lib/domain/notifications/mail-message';
import type { Payload } from '@/lib/domain/notifications/payload';
import type { Messaging } from '../notifications/messaging';
import type { Attempt } from './attempt';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const FIRST_PERMANENT_STATUS = 500;

type Mail = { readonly deliveryId: string; readonly to: string; readonly payload: Payload };

/** Sends one mail once. A refusal of the mail server for good (5xx) is final; all else may pass. */
export async function sendMail(messaging: Messaging, { deliveryId, to, payload }: Mail): Promise<Attempt> {
  const { mail, publicUrl } = messaging;
  if (mail === null) return failed('No mail server is set on this installation.', { isFinal: true });
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: mail.from,
      to: { name: '', address: to },
      ...mailMessage(payload, publicUrl),
      // The same for each try, so that a mail whose acceptance was not heard is known as the same one.
      messageId: `<${deliveryId}@${new URL(publicUrl).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Keyward-Topic': payload.topic },
    });
    return { kind: 'delivered', status: 250 };
  } catch (error) {
    return failureOf(error);
  } finally {
    transport.close();
  }
}

function failed(failure: string, facts: { isFinal?: boolean; status?: number | null } = {}): Attempt {
  return { kind: 'failed', status: null, isFinal: false, retryAfterMs: 0, ...facts, failure };
}

/** nodemailer's codes: https://nodemailer.com/errors. The server's own text may name anything, so it stays out. */
function failureOf(error: unknown): Attempt {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const answered = error instanceof Error && 'responseCode' in error ? error.responseCode : null;
  const status = typeof answered === 'number' ? answered : null;
  // A wrong password is mended by the operator, so the mail waits for it.
  if (code === 'EAUTH') return failed('The mail server does not accept the user or password.', { status });
  if (status !== null) {
    const isFinal = status >= FIRST_PERMANENT_STATUS;
    return failed(`The mail server refused the mail (${status}).`, { status, isFinal });
  }
  if (code === 'ETLS') return failed('No secure connection to the mail server came about.');
  return failed('The mail server could not be reached.');
}
