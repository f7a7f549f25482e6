import { Client } from 'pg';
import type { ConsoleServer } from './console-server';

/** Lets the raises of a key have ended so many seconds ago: the console's own clock is the machine's. */
export async function ageRaise(
  { databaseUrl }: ConsoleServer,
  keyName: string,
  seconds: number,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update raises set ends_at = now() - make_interval(secs => $2)
       where state = 'active' and ended_at is null and key_id in (select id from keys where name = $1)`,
      [keyName, seconds],
    );
    if (!rowCount) throw new Error(`${keyName} has no raise.`);
  } finally {
    await client.end();
  }
}
