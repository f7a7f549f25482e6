import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { testWithDatabase as test } from '@/lib/testing/database';
import { arrayLiteral } from './array-literal';

describe('a list written as an array', () => {
  test('comes back as it was, whatever its texts hold', async ({ db }) => {
    const texts = [
      '',
      'null',
      'NULL',
      null,
      'a,b',
      '{x}',
      '"',
      '\\',
      '\\"',
      "it's",
      ' spaced ',
      'ü\n\t',
      '$1',
    ];
    const { rows } = await db.execute(sql`
      select ${arrayLiteral(texts)}::text[] as texts, ${arrayLiteral([])}::text[] as none,
        ${arrayLiteral([7, null, undefined])}::int[] as numbers, ${arrayLiteral([true, false, null])}::boolean[] as flags,
        (${arrayLiteral([new Date('2026-02-28T23:30:00.123Z'), null])}::timestamptz[])[1] as instant`);
    expect(rows).toEqual([
      {
        texts,
        none: [],
        numbers: [7, null, null],
        flags: [true, false, null],
        instant: new Date('2026-02-28T23:30:00.123Z'),
      },
    ]);
  });
});
