import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PortInUseError } from '../shared/server';
import { issueText } from '../shared/wire';
import { type MailCatcher, startMailCatcher } from './index';

const port = z.coerce.number().int().min(0).max(65_535);
const Args = z.object({ port: port.default(4025), 'smtp-port': port.default(4026) });

async function start(): Promise<MailCatcher | null> {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, 'smtp-port': { type: 'string' } },
    });
    const parsed = Args.safeParse(values);
    if (!parsed.success) throw new RangeError(`--${issueText(parsed.error)}`);
    return await startMailCatcher({ port: parsed.data.port, smtpPort: parsed.data['smtp-port'] });
  } catch (error) {
    const isUsage = [PortInUseError, RangeError, TypeError].some((kind) => error instanceof kind);
    if (!isUsage || !(error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    return null;
  }
}

const catcher = await start();
if (catcher) {
  console.log(`inbox: ${catcher.url}`);
  console.log(`mail server: ${catcher.smtpUrl}`);
  console.log(`webhooks: ${catcher.url}/hooks/any-name`);
  const stop = (): void => {
    catcher.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
