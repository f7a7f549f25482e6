import { startOpenRouterEmulator } from '@/lib/emulators/openrouter';
import { startRequestyEmulator } from '@/lib/emulators/requesty';
import type { VendorAddress } from './vendor';

// The emulated providers, in a process that is never killed: their journals are the truth. They end with their parent.

const options = { port: 0, keys: 6, seed: 7, historyDays: 3 };

const openrouter = await startOpenRouterEmulator(options);
const current = await startRequestyEmulator(options);
const classic = await startRequestyEmulator(options);

const addresses: readonly VendorAddress[] = [
  { name: 'openrouter', provider: 'openrouter', ...pick(openrouter) },
  { name: 'requesty', provider: 'requesty', ...pick(current) },
  { name: 'requesty-classic', provider: 'requesty', ...pick({ ...classic, url: classic.classicUrl }) },
];

function pick({
  url,
  controlUrl,
  managementKey,
}: Pick<VendorAddress, 'url' | 'controlUrl' | 'managementKey'>) {
  return { url, controlUrl, managementKey };
}

process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.send?.(addresses);
