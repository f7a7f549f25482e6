import type { Pool } from 'pg';
import { rollUpFaults } from './world';

/** @throws unless every roll-up holds exactly what the facts add up to. */
export async function requireEqualRollUps(pool: Pool): Promise<void> {
  for (const statement of rollUpFaults) {
    const { rows } = await pool.query<{ faults: number }>(statement);
    if (Number(rows[0]?.faults) !== 0) {
      throw new Error(`${rows[0]?.faults} rows of the roll-ups are not what the facts add up to`);
    }
  }
}
