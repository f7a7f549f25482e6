import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, root } from './paths.mjs';
import { hashTree } from './tree-hash.mjs';

/** The folder of the build, as next.config.mjs has it. */
const buildFolder = inRoot(process.env.KEYWARD_DIST_DIR ?? '.next');
const stampFile = join(buildFolder, 'keyward-build');
const folders = ['app', 'components', 'lib', 'public'];
const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'proxy.ts', 'instrumentation.ts'];
const notBuilt = /\.(test|contract)\.tsx?$|^lib\/(testing|emulators)\//;

const buildHash = () => {
  const configs = readdirSync(root).filter((name) => /\.config\./.test(name));
  return hashTree(root, [...folders, ...files, ...configs], {
    isSkipped: (path) => notBuilt.test(path),
    salt: process.version,
  });
};

export const isBuilt = () =>
  existsSync(join(buildFolder, 'BUILD_ID')) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === buildHash();

/**
 * Builds the console unless its sources are those of the last build.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {(text: string) => void} note
 * @param {{ logFile?: string }} [options]
 */
export async function ensureBuilt(supervisor, note, { logFile } = {}) {
  if (isBuilt()) {
    note('unchanged');
    return;
  }
  rmSync(stampFile, { force: true });
  const before = buildHash();
  await supervisor.run('next build', process.execPath, [inRoot('node_modules/next/dist/bin/next'), 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    logFile,
    onLine: (line) => {
      const text = line.replace(/[^\p{L}\p{N}\p{P} ]/gu, '').trim();
      if (/^(Creating|Compiled|Running|Finished|Collecting|Generating|Finalizing)/.test(text)) note(text);
    },
  });
  writeFileSync(stampFile, before);
  note('');
}
