import { Client } from 'pg';
import type { ConsoleServer } from './console-server';

/**
 * Moves a rotation so many hours into the past, as if they had gone by: the console's own clock is the machine's,
 * which a test cannot move.
 */
export async function ageRotation(
  { databaseUrl }: ConsoleServer,
  oldKeyName: string,
  hours: number,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update rotations set started_at = started_at - make_interval(hours => $2),
         quiet_since = quiet_since - make_interval(hours => $2)
       where finished_at is null and old_key_id in (select id from keys where name = $1)`,
      [oldKeyName, hours],
    );
    if (rowCount !== 1) throw new Error(`${oldKeyName} is not being rotated.`);
  } finally {
    await client.end();
  }
}
