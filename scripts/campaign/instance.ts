import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { type Order, reportSchema } from './messages';

export type Answer =
  | { readonly kind: 'done'; readonly data: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly facts: unknown }
  | { readonly kind: 'broken'; readonly text: string }
  /** The process was killed first. */
  | { readonly kind: 'lost' };

export type StartOrder = Omit<Extract<Order, { kind: 'start' }>, 'kind'>;

const execArgv = ['--conditions=react-server', '--import', 'tsx'];

/** A process that has loaded its code and waits to be started, so that a restart need not wait for that. */
function preload(log: WriteStream): { child: ChildProcess; loaded: Promise<void> } {
  const child = fork(inRoot('scripts/campaign/keyward.ts'), {
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const loaded = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error('a Keyward process ended while it loaded')));
  });
  loaded.catch(() => undefined);
  return { child, loaded };
}

/** One Keyward process after another: whenever one is killed, the next one takes its place. */
export class Instance {
  private current: ChildProcess | null = null;
  private spare: ReturnType<typeof preload>;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly log: WriteStream;
  private serial = 0;
  /** How often every chore came round, in all processes so far: the pace of a machine that may be busy. */
  choreRounds = 0;
  /** What no verb should have thrown, outside of an operation. */
  readonly broken: string[] = [];

  constructor(
    readonly name: string,
    private readonly order: StartOrder,
    folder: string,
  ) {
    this.log = createWriteStream(join(folder, `${name}.log`), { flags: 'a', mode: 0o600 });
    this.spare = preload(this.log);
  }

  get isUp(): boolean {
    return this.current !== null;
  }

  async start(): Promise<void> {
    const { child, loaded } = this.spare;
    await loaded;
    const ready = new Promise<void>((resolve) => {
      child.on('message', (message) => {
        const report = reportSchema.parse(message);
        if (report.kind === 'ready') resolve();
        else if (report.kind === 'chores') this.choreRounds += 1;
        else if (report.kind === 'broken' && report.id === null) this.broken.push(report.text);
        else if (report.kind !== 'loaded') this.settle(report.id ?? 0, report);
      });
    });
    child.once('exit', () => this.forget(child));
    child.send({ kind: 'start', ...this.order } satisfies Order);
    await ready;
    this.current = child;
    this.spare = preload(this.log);
  }

  private settle(id: number, answer: Answer): void {
    this.waiting.get(id)?.(answer);
    this.waiting.delete(id);
  }

  private forget(child: ChildProcess): void {
    if (this.current === child) this.current = null;
    for (const id of [...this.waiting.keys()]) this.settle(id, { kind: 'lost' });
  }

  /** `kill -9`: nothing of the process runs any more when this resolves. */
  async kill(): Promise<void> {
    const child = this.current;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }

  do(verb: string, actorId: string | null, input: unknown): Promise<Answer> {
    const child = this.current;
    if (!child) return Promise.resolve({ kind: 'lost' });
    this.serial += 1;
    const id = this.serial;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      // A process that was killed this moment takes no order: its error says the same as its exit.
      child.send({ kind: 'do', id, verb, actorId, input } satisfies Order, (error) => {
        if (error) this.settle(id, { kind: 'lost' });
      });
    });
  }

  end(): void {
    this.current?.kill('SIGKILL');
    this.spare.child.kill('SIGKILL');
    this.log.end();
  }
}
