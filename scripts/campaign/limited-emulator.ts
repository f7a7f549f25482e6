import { startOpenRouterEmulator } from '@/lib/emulators/openrouter';

// One provider with many keys that takes 60 calls a minute. It ends with its parent.

const { url, controlUrl, managementKey } = await startOpenRouterEmulator({
  port: 0,
  keys: 520,
  seed: 7,
  historyDays: 1,
  rateLimit: 60,
});

process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.send?.([{ name: 'openrouter', provider: 'openrouter', url, controlUrl, managementKey }]);
