import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runDev } = await import('./lib/dev.mjs');
await runDev();
