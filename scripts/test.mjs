import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runTests } = await import('./lib/tests/run-tests.mjs');
await runTests();
