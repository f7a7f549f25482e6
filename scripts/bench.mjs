import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runBench } = await import('./bench/run-bench.mjs');
await runBench();
