import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startPrivatePostgres } from './postgres-server.mjs';

it('says what to install or set where there is no PostgreSQL', async () => {
  await expect(startPrivatePostgres({ binaries: null })).rejects.toThrow(
    /apt-get install postgresql.*TEST_DATABASE_URL/,
  );
});

it('passes on why initdb failed', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'keyward-no-pg-'));
  await expect(startPrivatePostgres({ binaries: empty })).rejects.toThrow(/initdb failed: .*E(NOENT|ACCES)/);
  rmSync(empty, { recursive: true });
});
