import { Fault } from '../fault.mjs';
import { inRoot } from '../paths.mjs';
import { installDebianPackage } from './debian-packages.mjs';
import { findExecutable, isExecutable, isRoot } from './find-executable.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macFolders = [
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];
const downloadMs = 240_000;

/** Playwright's own Chromium, when an earlier run or the developer has downloaded it. */
async function findPlaywrightChromium() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && isExecutable(path) ? path : null;
}

async function playwright(supervisor, logFile, args) {
  const child = supervisor.start(
    'playwright',
    process.execPath,
    [inRoot('node_modules/playwright/cli.js'), ...args],
    {
      logFile,
      env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '30000' },
    },
  );
  const timer = setTimeout(() => child.stop(), downloadMs);
  const { code } = await child.exited;
  clearTimeout(timer);
  return code === 0;
}

/**
 * The browser itself first: where only package registries are reached, the download fails before any time is
 * spent on its libraries.
 */
async function downloadChromium(supervisor, note, logFolder) {
  note('downloading Chromium');
  if (!(await playwright(supervisor, `${logFolder}/chromium-download.log`, ['install', 'chromium'])))
    return null;
  if (isRoot() && process.platform === 'linux') {
    note('installing what Chromium needs');
    await playwright(supervisor, `${logFolder}/chromium-libraries.log`, ['install-deps', 'chromium']);
  }
  return findPlaywrightChromium();
}

/**
 * A Chromium for the browser tests: the one named by CHROMIUM, an installed one, a downloaded one, Debian's.
 * @param {import('../supervisor.mjs').Supervisor} supervisor
 * @param {{ note: (text: string) => void, logFolder: string }} options
 * @returns {Promise<string | null>} null when none can be had
 */
export async function findChromium(supervisor, { note, logFolder }) {
  const named = process.env.CHROMIUM;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Fault(`CHROMIUM names ${named}, which cannot be run.`);
  }
  const installed = findExecutable([...names, 'Google Chrome', 'Chromium'], macFolders);
  const found =
    installed ?? (await findPlaywrightChromium()) ?? (await downloadChromium(supervisor, note, logFolder));
  if (found) return found;
  await installDebianPackage(supervisor, 'chromium', { note, logFolder });
  return findExecutable(names);
}
