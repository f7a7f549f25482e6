import { findPostgresBinaries } from '../../../lib/testing/postgres-server.mjs';
import { forbidMainCluster, installDebianPackage } from './debian-packages.mjs';
import { isRoot } from './find-executable.mjs';

/**
 * A PostgreSQL for the database tests: the server that TEST_DATABASE_URL names, or the programs of the machine,
 * which Debian's package brings where they are missing. The tests start a private server from those themselves.
 * @param {import('../supervisor.mjs').Supervisor} supervisor
 * @param {{ note: (text: string) => void, logFolder: string }} options
 * @returns {Promise<string | null>} what was found, for people; null when there is none
 */
export async function findPostgres(supervisor, { note, logFolder }) {
  if (process.env.TEST_DATABASE_URL) return 'the server of TEST_DATABASE_URL';
  if (findPostgresBinaries() === null && isRoot()) {
    forbidMainCluster();
    await installDebianPackage(supervisor, 'postgresql', { note, logFolder });
  }
  return findPostgresBinaries();
}
