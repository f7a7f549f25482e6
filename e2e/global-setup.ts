import { isBuilt } from '../scripts/lib/build.mjs';
import { createTemplate } from './console-server';

/** Fails early where the build is not that of the sources, then prepares what every worker copies. */
export default async function globalSetup(): Promise<void> {
  if (!isBuilt()) {
    throw new Error('The console is not built from these sources. Run: npm test -- --only build,e2e');
  }
  process.env.KEYWARD_E2E_TEMPLATE = await createTemplate();
}
