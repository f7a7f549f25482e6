import { startConsole } from '../lib/services.mjs';
import { measureFirstLoad } from './browser/measure-first-load.mjs';
import { measureKeysPage } from './browser/measure-keys-page.mjs';
import { measurePages } from './browser/measure-pages.mjs';
import { measureRanges } from './browser/measure-ranges.mjs';
import { measureTyping } from './browser/measure-typing.mjs';
import { openBrowser, signIn } from './browser/open-browser.mjs';
import { measureExports } from './measure-exports.mjs';

const host = '127.0.0.1';

/**
 * What a person's browser sees of the built console.
 * @param {{ board: import('../lib/progress-board.mjs').ProgressBoard,
 *   collector: import('./collector.mjs').Collector, supervisor: import('../lib/supervisor.mjs').Supervisor,
 *   env: NodeJS.ProcessEnv, dataDir: string }} tools
 * @param {{ chromium: string, port: number, account: { email: string, password: string }, isLarge: boolean }} options
 */
export async function measureInBrowser(tools, { chromium, port, account, isLarge }) {
  const { board, collector, supervisor, env, dataDir } = tools;
  const console_ = await board.step('Console', () =>
    startConsole(supervisor, { mode: 'start', host, port, env, dataDir }),
  );
  const browser = await openBrowser(chromium);
  try {
    const options = {
      url: console_.url,
      state: await signIn(browser, { url: console_.url, account }),
    };
    const measures = [
      ['First-load JavaScript', measureFirstLoad],
      ['Keys page', measureKeysPage],
      ['Typing in the filter', measureTyping],
      ['Date ranges', measureRanges],
      ...(isLarge ? [['Every page', measurePages]] : []),
    ];
    for (const [title, measure] of measures) {
      await collector.measure(title, () => measure(browser, options));
    }
    const { DATABASE_URL: databaseUrl } = env;
    const exportOptions = { ...options, databaseUrl, group: console_.child.pid };
    await collector.measure('Exports', () => measureExports(exportOptions));
  } finally {
    await browser.close();
    await console_.child.stop();
  }
}
