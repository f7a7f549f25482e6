import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runDemo } = await import('./lib/demo.mjs');
await runDemo();
