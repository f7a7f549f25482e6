import { eq, sql } from 'drizzle-orm';
import { createDatabase } from '@/lib/db/client';
import { users } from '@/lib/db/schema';
import { AppError } from '@/lib/server/errors';
import { createPasswordLink } from '@/lib/server/people/create-password-link';
import { choosePlace, openPlace } from './lib/backup/place';
import { runCommand } from './lib/backup/run-command';
import { scriptContext } from './lib/backup/script-context';
import { Fault } from './lib/fault.mjs';
import { readOptions } from './lib/options.mjs';

const help = `npm run password-link -- --email ADDRESS [--data-dir DIR]

Prints a one-time link with which the person of this address chooses a new password: for an admin whom no other
admin can help. It works once, for 24 hours, and stands in the audit log. Works while Keyward runs.

  --email ADDRESS  the address that the person signs in with
  --data-dir DIR   the embedded database of this data folder, whatever the settings say
  --help           this text`;

await runCommand(async () => {
  const values = readOptions({ email: { type: 'string' }, 'data-dir': { type: 'string' } }, help);
  const email = values.email?.trim();
  if (!email) throw new Fault('Say whose password: --email ADDRESS.');
  const opened = await openPlace(choosePlace({ dataDir: values['data-dir'] }, process.env), 'share');
  try {
    const db = createDatabase(opened.pool);
    const [user] = await db
      .select({ id: users.id })
      .from(users)
      .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
    if (!user) throw new Fault(`Nobody signs in with ${email} in ${opened.name}.`);
    const { token } = await createPasswordLink(scriptContext(db, 'npm run password-link'), {
      userId: user.id,
    });
    const base = process.env.KEYWARD_PUBLIC_URL?.trim().replace(/\/$/, '');
    console.log(`  Open this link, it works once and for 24 hours:\n\n  ${base ?? ''}/reset/${token}`);
    if (!base)
      console.log('\n  Put the address of your console before it: KEYWARD_PUBLIC_URL is not set here.');
    return 0;
  } catch (error) {
    if (error instanceof AppError) throw new Fault(error.message);
    throw error;
  } finally {
    await opened.close();
  }
});
