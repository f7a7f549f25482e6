import { setupUrl } from '@/lib/auth/sign-in-settings';
import { closeDatabase } from '@/lib/db/client';
import { createSetupLink } from '@/lib/server/people/create-setup-link';
import { createServerContext } from '@/lib/server/runtime';

// Run with `node --conditions=react-server --import tsx scripts/setup-link.ts`. Prints nothing when there is an admin.

try {
  const link = await createSetupLink(createServerContext({ kind: 'system', name: 'Set-up link' }));
  if (link !== null) {
    console.log('Nobody has set Keyward up yet. Create the first admin here (works once, for 24 hours):');
    console.log(setupUrl(link.token));
  }
} catch (error) {
  console.error(
    `The set-up link could not be made: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
