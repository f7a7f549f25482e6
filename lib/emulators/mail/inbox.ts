import { randomUUID } from 'node:crypto';

export type CaughtMail = {
  readonly id: string;
  readonly at: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came in. */
  readonly source: string;
};

/** A call of a webhook. */
export type CaughtCall = {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came in, to the byte, for its signature. */
  readonly body: string;
};

export type HookAnswer = {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

const OK: HookAnswer = { status: 200, text: 'ok' };
const MOST_KEPT = 1_000;

/** What was caught, newest last, in memory only. */
export class Inbox {
  readonly mails: CaughtMail[] = [];
  readonly calls: CaughtCall[] = [];
  /** The SMTP status with which every recipient is refused; null takes them. */
  mailFault: number | null = null;
  private readonly answers = new Map<string, HookAnswer>();

  addMail(mail: Omit<CaughtMail, 'id' | 'at'>): void {
    this.mails.push({ ...mail, id: randomUUID(), at: new Date().toISOString() });
    if (this.mails.length > MOST_KEPT) this.mails.shift();
  }

  addCall(call: Omit<CaughtCall, 'id' | 'at'>): void {
    this.calls.push({ ...call, id: randomUUID(), at: new Date().toISOString() });
    if (this.calls.length > MOST_KEPT) this.calls.shift();
  }

  answerOf(name: string): HookAnswer {
    return this.answers.get(name) ?? OK;
  }

  /** What the webhook `name` answers from now on; null answers 200 again. */
  setAnswer(name: string, answer: HookAnswer | null): void {
    if (answer === null) this.answers.delete(name);
    else this.answers.set(name, answer);
  }

  clear(): void {
    this.mails.length = 0;
    this.calls.length = 0;
  }
}
