import { test as base, type Page } from '@playwright/test';
import { startOpenRouterEmulator } from '@/lib/emulators/openrouter/index';
import { startRequestyEmulator } from '@/lib/emulators/requesty/index';
import { type Account, type ConsoleServer, readConsoleLog, startConsoleServer } from './console-server';

export { expect } from '@playwright/test';

type OpenRouter = Awaited<ReturnType<typeof startOpenRouterEmulator>>;
type Requesty = Awaited<ReturnType<typeof startRequestyEmulator>>;
type Role = Account['role'];

type WorkerFixtures = {
  /** The worker's console; tests of one worker share it, so each takes keys and connections of its own. */
  console: ConsoleServer;
  openrouter: OpenRouter;
  requesty: Requesty;
};

type TestFixtures = {
  /** Signs in through the sign-in page, and waits for the page behind it. */
  signIn: (page: Page, role: Role) => Promise<void>;
  consoleLog: undefined;
};

const emulatorOptions = { port: 0, keys: 12, seed: 7, historyDays: 60 };

async function signInAs(page: Page, server: ConsoleServer, role: Role): Promise<void> {
  const account = server.accounts.find((candidate) => candidate.role === role);
  if (!account) throw new Error(`The sample data has no account for ${role}.`);
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  console: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const templateDir = process.env.KEYWARD_E2E_TEMPLATE;
      if (!templateDir) throw new Error('The global set-up did not prepare a database.');
      const server = await startConsoleServer(templateDir);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  openrouter: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const emulator = await startOpenRouterEmulator(emulatorOptions);
      await use(emulator);
      await emulator.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  requesty: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const emulator = await startRequestyEmulator(emulatorOptions);
      await use(emulator);
      await emulator.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ console: server }, use) => {
    await use(server.url);
  },
  signIn: async ({ console: server }, use) => {
    await use((page, role) => signInAs(page, server, role));
  },
  consoleLog: [
    async ({ console: server }, use, testInfo) => {
      await use(undefined);
      if (testInfo.status === testInfo.expectedStatus) return;
      const body = await readConsoleLog(server);
      await testInfo.attach('console.log', { body, contentType: 'text/plain' });
    },
    { auto: true },
  ],
});
