import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { EmulatorOptions } from './options';
import { PortInUseError } from './server';
import { issueText } from './wire';

const count = (minimum: number) => z.coerce.number().int().min(minimum);
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const Args = z.object({
  port: count(0).max(65_535).optional(),
  keys: count(1).max(100_000).optional(),
  seed: z.string().min(1).optional(),
  'history-days': count(1).max(2000).optional(),
  'management-key': z.string().min(1).optional(),
  live: z.boolean().optional(),
  now: day.optional(),
  freeze: z.boolean().optional(),
  anchor: day.optional(),
  'rate-limit': count(1).optional(),
});

export interface StartedEmulator {
  url: string;
  controlUrl: string;
  managementKey: string;
  close(): Promise<void>;
}

/** Reads the options of an emulator's command line; throws with one sentence per fault. */
export function parseEmulatorArgs(args: readonly string[]): EmulatorOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      keys: { type: 'string' },
      seed: { type: 'string' },
      'history-days': { type: 'string' },
      'management-key': { type: 'string' },
      live: { type: 'boolean' },
      now: { type: 'string' },
      freeze: { type: 'boolean' },
      anchor: { type: 'string' },
      'rate-limit': { type: 'string' },
    },
  });
  const parsed = Args.safeParse(values);
  if (!parsed.success) throw new RangeError(`--${issueText(parsed.error)}`);
  const {
    'history-days': historyDays,
    'management-key': managementKey,
    'rate-limit': rateLimit,
    ...rest
  } = parsed.data;
  return { ...rest, historyDays, managementKey, rateLimit };
}

/** Starts an emulator from the command line, prints where it is, and ends it with the process. */
export async function runEmulatorCli(options: {
  name: string;
  defaultPort: number;
  start(options: EmulatorOptions): Promise<StartedEmulator>;
}): Promise<void> {
  let emulator: StartedEmulator;
  try {
    const parsed = parseEmulatorArgs(process.argv.slice(2));
    emulator = await options.start({ ...parsed, port: parsed.port ?? options.defaultPort });
  } catch (error) {
    if (!(error instanceof PortInUseError || error instanceof RangeError || error instanceof TypeError))
      throw error;
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  console.log(`${options.name} emulator: ${emulator.url}`);
  console.log(`control: ${emulator.controlUrl}`);
  console.log(`management key: ${emulator.managementKey}`);
  const stop = (): void => {
    emulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
