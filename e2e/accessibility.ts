import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const schemes = ['light', 'dark'] as const;

/** No violation of WCAG 2.2 AA that axe can find on what is shown, in light and in dark. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((name) => document.documentElement.classList.contains(name), colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

type Stop = { readonly what: string; readonly open: (page: Page) => Promise<void> };

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

function plain(path: string, title: string | RegExp): Stop {
  return {
    what: path,
    open: async (page) => {
      await page.goto(path);
      await heading(page, title);
    },
  };
}

/** Follows the first link of a table to a page of its own. */
function followed(path: string, table: string, name: string): Stop {
  return {
    what: `${path}: ${name}`,
    open: async (page) => {
      await page.goto(path);
      await page.getByRole('table', { name: table }).getByRole('link', { name, exact: true }).click();
      await heading(page, name);
    },
  };
}

async function openKeys(page: Page, query = ''): Promise<void> {
  await page.goto(`/keys${query}`);
  await expect(page.getByRole('link', { name: /-/ }).first()).toBeVisible();
}

/** The form to ask, filled in for a key. */
async function fillRequest(page: Page): Promise<void> {
  await page.goto('/requests/new');
  await page.getByLabel('Key', { exact: true }).selectOption({ label: 'image-captions · OpenRouter' });
  await heading(page, 'Ask for more: image-captions');
  await expect(page.getByRole('figure', { name: /^Spend of image-captions/ })).toBeVisible();
  await page.getByLabel('Amount, USD').fill('4000');
  await expect(page.getByText('Needs two approvers.')).toBeVisible();
}

/** A request of one's own, asked for the first time that this is opened. */
async function openOwnRequest(page: Page): Promise<void> {
  await page.goto('/requests?show=mine');
  await heading(page, 'Requests');
  const own = page.getByRole('link', { name: /for image-captions$/ });
  if ((await own.count()) > 0) {
    await own.first().click();
  } else {
    await fillRequest(page);
    await page.getByLabel('Why').fill('Scanned for everyone to read');
    await page.getByRole('button', { name: /^Ask for/ }).click();
  }
  await heading(page, /for image-captions$/);
  await expect(page.getByRole('figure', { name: /^Spend of image-captions/ })).toBeVisible();
}

/** Every page behind the sign-in. */
export const pages: readonly Stop[] = [
  plain('/', 'Overview'),
  { what: '/keys', open: (page) => openKeys(page) },
  {
    what: 'key page',
    open: async (page) => {
      await openKeys(page, '?q=invoice-extract-dev');
      await page.getByRole('link', { name: 'invoice-extract-dev', exact: true }).click();
      await expect(page.getByRole('figure', { name: /^Daily spend by model/ })).toBeVisible();
    },
  },
  {
    what: '/spend',
    open: async (page) => {
      await page.goto('/spend');
      await expect(page.getByRole('figure', { name: /^Daily spend by team/ })).toBeVisible();
    },
  },
  {
    what: '/spend, cumulative by model',
    open: async (page) => {
      await page.goto('/spend?by=model&show=cumulative');
      await expect(page.getByRole('figure', { name: /^Cumulative spend by model/ })).toBeVisible();
    },
  },
  plain('/teams', 'Teams'),
  followed('/teams', 'Teams', 'Payments'),
  plain('/teams/rules', 'Assignment rules'),
  plain('/teams/left', 'Keys of people who left'),
  plain('/team', 'My team'),
  plain('/requests', 'Requests'),
  plain('/requests/new?kind=new_key', 'Ask for something'),
  { what: 'the form to ask', open: fillRequest },
  { what: 'a request', open: openOwnRequest },
  {
    what: 'a request that is changed',
    open: async (page) => {
      await openOwnRequest(page);
      await page.getByRole('link', { name: 'Change it…' }).click();
      await heading(page, /^Change: /);
    },
  },
  plain('/settings/requests', 'Rules of asking'),
  plain('/changes', 'Changes'),
  plain('/drift', 'Drift'),
  plain('/drift?show=put-off', 'Drift'),
  plain('/hand-overs', 'Hand-overs'),
  plain('/keys/bulk', 'Bulk changes'),
  plain('/audit', 'Audit'),
  plain('/connections', 'Connections'),
  followed('/connections', 'Connections', 'OpenRouter'),
  plain('/connections/new', /connection/i),
  plain('/members', 'Members'),
  plain('/account', 'My account'),
  plain('/notifications', 'Notifications'),
  plain('/settings/webhooks', 'Webhooks'),
  plain('/settings/webhooks/deliveries', 'Deliveries'),
];

async function rowAction(page: Page, name: string, item: string): Promise<void> {
  await openKeys(page, `?q=${name}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const dialog = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }))).toBeVisible();

/** The dialogs that people meet most. */
export const dialogs: readonly Stop[] = [
  {
    what: 'create key',
    open: async (page) => {
      await openKeys(page);
      await page.getByRole('button', { name: 'Create key' }).click();
      await dialog(page, 'Create key');
    },
  },
  {
    what: 'edit limit',
    open: async (page) => {
      await rowAction(page, 'onboarding-coach', 'Edit limit…');
      await dialog(page, 'Edit limit');
      await expect(page.getByText('Loading')).toHaveCount(0);
    },
  },
  {
    what: 'delete key',
    open: async (page) => {
      await rowAction(page, 'onboarding-coach', 'Delete…');
      await dialog(page, /^Delete “onboarding-coach”/);
    },
  },
  {
    what: 'grace period',
    open: async (page) => {
      await page.goto('/changes');
      await page.getByRole('button', { name: 'Change the grace period…' }).click();
      await dialog(page, 'Grace period');
    },
  },
  {
    what: 'bulk limit',
    open: async (page) => {
      await openKeys(page, '?q=invoice');
      await page
        .getByRole('checkbox', { name: /^Select invoice/ })
        .first()
        .check();
      await page.getByRole('button', { name: 'Set limit…' }).click();
      await page.getByLabel('Amount, USD').fill('300');
      await dialog(page, /^Set a limit/);
    },
  },
  {
    what: 'row menu',
    open: async (page) => {
      await openKeys(page, '?q=onboarding-coach');
      await page.getByRole('button', { name: 'Actions for onboarding-coach' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    what: 'filter',
    open: async (page) => {
      await openKeys(page);
      await page.getByRole('button', { name: '+ Team' }).click();
      await dialog(page, 'Team');
    },
  },
  {
    what: 'invite',
    open: async (page) => {
      await page.goto('/members');
      await page.getByRole('button', { name: 'Invite member' }).click();
      await dialog(page, 'Invite a member');
    },
  },
  {
    what: 'replace key',
    open: async (page) => {
      await page.goto('/connections');
      await page.getByRole('link', { name: 'OpenRouter', exact: true }).click();
      await page.getByRole('button', { name: 'Replace key' }).click();
      await dialog(page, 'Replace management key');
    },
  },
  {
    what: 'bell',
    open: async (page) => {
      await page.goto('/account');
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await dialog(page, 'Notifications');
      await expect(page.getByText('Loading…')).toHaveCount(0);
    },
  },
  {
    what: 'add webhook',
    open: async (page) => {
      await page.goto('/settings/webhooks');
      await page.getByRole('button', { name: 'Add webhook' }).first().click();
      await dialog(page, 'Add a webhook');
    },
  },
  {
    what: 'palette',
    open: async (page) => {
      await page.goto('/account');
      await heading(page, 'My account');
      await page.keyboard.press('Control+k');
      await dialog(page, 'Search or jump to');
    },
  },
  {
    what: 'calendar',
    open: async (page) => {
      await page.goto('/spend');
      await page.getByRole('button', { name: /^Days: / }).click();
      await expect(
        page
          .getByRole('dialog', { name: 'Days' })
          .getByRole('button', { name: /^\d{1,2} \w+ \d{4}/ })
          .first(),
      ).toBeVisible();
    },
  },
];
