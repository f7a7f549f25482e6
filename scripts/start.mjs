import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runProduct } = await import('./lib/product.mjs');
await runProduct();
