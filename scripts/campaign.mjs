import { requireNode } from './lib/node-version.mjs';

requireNode();
const { runCampaign } = await import('./campaign/run-campaign.mjs');
await runCampaign();
