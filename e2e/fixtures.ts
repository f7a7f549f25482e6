import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import { type MailCatcher, startMailCatcher } from '@/lib/emulators/mail/index';
import { startOpenRouterEmulator } from '@/lib/emulators/openrouter/index';
import { startRequestyEmulator } from '@/lib/emulators/requesty/index';
import { type Account, type ConsoleServer, readConsoleLog, startConsoleServer } from './console-server';

export { expect } from '@playwright/test';

type OpenRouter = Awaited<ReturnType<typeof startOpenRouterEmulator>>;
type Requesty = Awaited<ReturnType<typeof startRequestyEmulator>>;
export type Role = Account['role'];

type WorkerOptions = {
  /** The size of both accounts. Their clocks stand still, so that no figure moves while it is compared. */
  accountSize: { keys: number; historyDays: number };
  /** Whether the console starts with both accounts connected and read in, and with teams. */
  isFilled: boolean;
  /** Whether webhooks and connections may lead to this machine and to private networks. */
  isPrivateAllowed: boolean;
};

type WorkerFixtures = {
  /** The worker's console; tests of one worker share it, so each changes keys and connections of its own. */
  console: ConsoleServer;
  openrouter: OpenRouter;
  requesty: Requesty;
  /** Takes every mail of the console, and webhook calls. */
  mail: MailCatcher;
  /** Cookies of those who have signed in once already. */
  sessions: Map<Role, Cookie[]>;
};

type TestOptions = {
  /** Errors of the browser's console that a test brings about itself. */
  expectedErrors: readonly RegExp[];
};

type TestFixtures = {
  /** Signs in: the first time through the sign-in page, later with that session. */
  signIn: (page: Page, role: Role) => Promise<void>;
  consoleLog: undefined;
  browserFaults: undefined;
};

export function accountOf({ accounts }: ConsoleServer, role: Role): Account {
  const account = accounts.find((candidate) => candidate.role === role);
  if (!account) throw new Error(`The sample data has no account for ${role}.`);
  return account;
}

/** Fills in the sign-in page, and waits for the page behind it. */
export async function signInByForm(
  page: Page,
  { email, password }: Pick<Account, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** A lead is led on from the overview, where there is a team; going elsewhere meanwhile would be cut off. */
async function restOfLead(page: Page): Promise<void> {
  const title = page.getByRole('heading', { level: 1, name: /^My teams?$/ });
  await expect(title.or(page.getByText('You lead no team yet')).first()).toBeVisible();
}

/**
 * Parts of a page that arrive late are hidden until they are put in place, all at once, a few frames after the page
 * has loaded. Until then each may be there twice, which a person never sees.
 */
function waitForLateParts(page: Page): void {
  const allInPlace = () => expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0);
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...to) => {
    const response = await goto(...to);
    await allInPlace();
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload(...how);
    await allInPlace();
    return response;
  };
}

function emulatorOptions({ keys, historyDays }: WorkerOptions['accountSize']) {
  return { port: 0, keys, seed: 7, historyDays, freeze: true };
}

const workerFixtures = base.extend<object, WorkerOptions & WorkerFixtures>({
  browser: [
    async ({ browser }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (...options) => {
        const context = await newContext(...options);
        context.on('page', waitForLateParts);
        return context;
      };
      await use(browser);
    },
    { scope: 'worker' },
  ],
  accountSize: [
    { keys: 40, historyDays: 60 },
    { scope: 'worker', option: true },
  ],
  isFilled: [true, { scope: 'worker', option: true }],
  isPrivateAllowed: [true, { scope: 'worker', option: true }],
  openrouter: [
    async ({ accountSize }, use) => {
      const emulator = await startOpenRouterEmulator(emulatorOptions(accountSize));
      await use(emulator);
      await emulator.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  requesty: [
    async ({ accountSize }, use) => {
      const emulator = await startRequestyEmulator(emulatorOptions(accountSize));
      await use(emulator);
      await emulator.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  mail: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const catcher = await startMailCatcher();
      await use(catcher);
      await catcher.close();
    },
    { scope: 'worker' },
  ],
  console: [
    async ({ openrouter, requesty, mail, isFilled, isPrivateAllowed }, use) => {
      const templateDir = process.env.KEYWARD_E2E_TEMPLATE;
      if (!templateDir) throw new Error('The global set-up did not prepare a database.');
      const source = {
        KEYWARD_DEMO_OPENROUTER_URL: openrouter.url,
        KEYWARD_DEMO_OPENROUTER_KEY: openrouter.managementKey,
        KEYWARD_DEMO_REQUESTY_URL: requesty.url,
        KEYWARD_DEMO_REQUESTY_KEY: requesty.managementKey,
      };
      const server = await startConsoleServer(templateDir, {
        sample: isFilled ? source : null,
        smtpUrl: mail.smtpUrl,
        isPrivateAllowed,
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => use(new Map()),
    { scope: 'worker' },
  ],
});

/** What a browser's console or a policy says against a page; each is a fault unless the test expects it. */
function collectFaults(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    faults.push(`${message.text()} (at ${message.location().url}, on ${page.url()})`);
  });
  page.on('pageerror', (error) => faults.push(`${error.message} (on ${page.url()})`));
}

export const test = workerFixtures.extend<TestOptions & TestFixtures>({
  expectedErrors: [[], { option: true }],
  baseURL: async ({ console: server }, use) => {
    await use(server.url);
  },
  signIn: async ({ console: server, sessions }, use) => {
    await use(async (page, role) => {
      const known = sessions.get(role);
      if (known) {
        await page.context().addCookies(known);
        return;
      }
      await signInByForm(page, accountOf(server, role));
      if (role === 'lead') await restOfLead(page);
      sessions.set(role, await page.context().cookies());
    });
  },
  browserFaults: [
    async ({ context, expectedErrors }, use) => {
      const faults: string[] = [];
      context.on('page', (page) => collectFaults(page, faults));
      await use(undefined);
      const unexpected = faults.filter((fault) => !expectedErrors.some((pattern) => pattern.test(fault)));
      base.expect(unexpected, 'errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
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
