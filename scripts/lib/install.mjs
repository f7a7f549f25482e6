import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';
import { hashTree } from './tree-hash.mjs';

const stampFile = inRoot('node_modules', '.keyward-install');

const packagesHash = () =>
  hashTree(root, ['package.json', 'package-lock.json'], {
    salt: `${process.platform} ${process.arch} ${process.versions.modules}`,
  });

export const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === packagesHash();

/**
 * Installs the packages unless they are those of the lock file already. Development packages are always taken
 * along: the build needs some of them, whatever NODE_ENV says.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {(text: string) => void} note
 * @param {{ isForced?: boolean, logFile?: string }} [options]
 */
export async function ensureInstalled(supervisor, note, { isForced = false, logFile } = {}) {
  if (!isForced && isInstalled()) {
    note('unchanged');
    return;
  }
  let fetched = 0;
  const args = ['install', '--no-audit', '--no-fund', '--include=dev', '--loglevel=http'];
  await supervisor.run('npm install', 'npm', args, {
    logFile,
    onLine: (line) => {
      if (!/^npm http (fetch|cache)/.test(line)) return;
      fetched += 1;
      note(`${fetched} answers from the registry`);
    },
  });
  writeFileSync(stampFile, packagesHash());
  note('');
}
