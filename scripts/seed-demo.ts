import { closeDatabase } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { createServerContext } from '@/lib/server/runtime';
import { ensureAccounts } from './demo/demo-accounts';
import { ensureConnection, readAll } from './demo/demo-connections';
import { readDemoProviders } from './demo/demo-env';
import { ensureTeams } from './demo/demo-teams';

// Run with `node --conditions=react-server --import tsx scripts/seed-demo.ts [--accounts-only]` on a migrated
// database: people, connections, keys, usage and teams through the product's own code. May be run again.
// Prints one JSON object a line: progress, and at the end the sign-ins.

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function seed(): Promise<void> {
  const system = createServerContext({ kind: 'system', name: 'Sample data' });
  say({ step: 'People' });
  const { accounts, admin, lead } = await ensureAccounts(system, getEnv().dataDir);
  if (!process.argv.includes('--accounts-only')) {
    const asAdmin = createServerContext(admin);
    const providers = readDemoProviders(process.env);
    const ids: number[] = [];
    for (const provider of providers) {
      say({ step: 'Connections', done: ids.length, total: providers.length });
      ids.push(await ensureConnection(asAdmin, provider));
    }
    await readAll(system, ids, 'keys', (done, total) => say({ step: 'Keys', done, total }));
    await ensureTeams(asAdmin, lead.id, (done, total) => say({ step: 'Teams', done, total }));
    await readAll(system, ids, 'usage', (done, total) => say({ step: 'Usage days', done, total }));
  }
  say({ accounts });
}

try {
  await seed();
} catch (error) {
  console.error(
    `The sample data could not be made: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
