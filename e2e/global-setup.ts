import { setTimeout as sleep } from 'node:timers/promises';
import { isBuilt } from '../scripts/lib/build.mjs';
import { createTemplate } from './console-server';
import { waitForRoomInDay } from './wait-for-room-in-day';

/** Fails early where the build is not that of the sources, then prepares what every worker copies. */
export default async function globalSetup(): Promise<void> {
  if (!isBuilt()) {
    throw new Error('The console is not built from these sources. Run: npm test -- --only build,e2e');
  }
  const waitMs = waitForRoomInDay(Date.now());
  if (waitMs > 0) {
    process.stdout.write(
      `The UTC day ends soon: the tests begin in ${Math.ceil(waitMs / 60_000)} min, on the next one.\n`,
    );
    await sleep(waitMs);
  }
  process.env.KEYWARD_E2E_TEMPLATE = await createTemplate();
}
