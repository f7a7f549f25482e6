import { mkdirSync, writeFileSync } from 'node:fs';
import { findExecutable, isRoot } from './find-executable.mjs';

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Installs a Debian package where that is possible: as root, with apt-get. Answers whether it did.
 * @param {import('../supervisor.mjs').Supervisor} supervisor
 * @param {string} name
 * @param {{ note: (text: string) => void, logFolder: string }} options
 */
export async function installDebianPackage(supervisor, name, { note, logFolder }) {
  const aptGet = findExecutable(['apt-get']);
  if (!isRoot() || aptGet === null) return false;
  for (const [step, ...args] of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    note(`apt-get ${step}${step === 'install' ? ` ${name}` : ''}`);
    const logFile = `${logFolder}/apt-${name}-${step}.log`;
    const child = supervisor.start(`apt-get ${step}`, aptGet, [step, ...args], { env, logFile });
    const { code } = await child.exited;
    if (code !== 0) return false;
  }
  return true;
}

/** Debian's package starts a cluster of its own on installation, unless told not to. */
export function forbidMainCluster() {
  mkdirSync('/etc/postgresql-common', { recursive: true });
  try {
    writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n', {
      flag: 'wx',
    });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
