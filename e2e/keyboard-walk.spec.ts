import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { expectVisibleFocus } from './key-table';

type Stop = {
  readonly path: string;
  /** What one comes to the page to do. */
  readonly action: (main: Locator) => Locator;
  /** What the action opens on the page. */
  readonly dialog?: string | RegExp;
};

const button = (name: string | RegExp) => (main: Locator) => main.getByRole('button', { name }).first();
const link = (name: string | RegExp) => (main: Locator) => main.getByRole('link', { name }).first();

const keysAndSpend: readonly Stop[] = [
  { path: '/', action: link('Day by day') },
  { path: '/keys', action: button('Create key'), dialog: 'Create key' },
  { path: '/keys/bulk', action: link('Keys') },
  { path: '/spend', action: button(/^Days: /), dialog: 'Days' },
  { path: '/hand-overs', action: (main) => main.locator('a,button').first() },
];

const teamsAndRequests: readonly Stop[] = [
  { path: '/teams', action: button('Create team'), dialog: /team/i },
  { path: '/teams/rules', action: button('Add rule'), dialog: 'Add a rule' },
  { path: '/teams/left', action: link('Teams') },
  { path: '/team', action: (main) => main.locator('a,button').first() },
  { path: '/requests', action: link('Ask for something') },
  { path: '/requests/new', action: button(/^Ask/) },
  { path: '/settings/requests', action: button('Set rules') },
];

const others: readonly Stop[] = [
  { path: '/changes', action: button('Change the grace period…'), dialog: 'Grace period' },
  { path: '/drift', action: link(/^Put off/) },
  { path: '/audit', action: button('+ Person'), dialog: 'Person' },
  { path: '/connections', action: link('Add connection') },
  { path: '/connections/new', action: button('Test') },
  { path: '/members', action: button('Invite member'), dialog: 'Invite a member' },
  { path: '/settings/webhooks', action: button('Add webhook'), dialog: 'Add a webhook' },
  { path: '/settings/webhooks/deliveries', action: link('Webhooks') },
  { path: '/notifications', action: link('Choose what comes by email') },
  { path: '/account', action: button('Change password') },
];

/** Where the focus is, and whether it can be seen. */
const lookAt = (target: Locator) =>
  target.evaluate((element) => ({
    isThere: element === document.activeElement,
    isSeen: document.activeElement?.matches(':focus-visible') ?? false,
  }));

/** From the top of the page past its navigation, then on by Tab alone; each step can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await page.keyboard.press('Tab');
  await expectVisibleFocus(page.getByRole('link', { name: 'Skip to content' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const { isThere, isSeen } = await lookAt(target);
    expect(isSeen, `the focus after ${presses + 1} steps`).toBe(true);
    if (isThere) return;
  }
  throw new Error('The Tab key does not lead there.');
}

async function openAndClose(page: Page, opener: Locator, name: string | RegExp): Promise<void> {
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expectVisibleFocus(opener);
}

async function walk(page: Page, { path, action, dialog }: Stop): Promise<void> {
  const main = page.getByRole('main');
  await page.goto(path);
  await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
  const target = action(main);
  await tabTo(page, target);
  if (dialog) await openAndClose(page, target, dialog);
}

/** The pages of a list, and one page that the list leads to. */
function testWalk(
  what: string,
  stops: readonly Stop[],
  from: string,
  name: string,
  detail: Omit<Stop, 'path'>,
) {
  test(`${what} are walked by keyboard alone: main actions, and the dialogs behind them`, async ({
    page,
    signIn,
  }) => {
    test.setTimeout(180_000);
    await signIn(page, 'admin');
    for (const stop of stops) await test.step(stop.path, () => walk(page, stop));
    await page.goto(from);
    const href = await page
      .getByRole('main')
      .getByRole('link', { name, exact: true })
      .first()
      .getAttribute('href');
    await walk(page, { path: href ?? '', ...detail });
  });
}

testWalk('keys and spend', keysAndSpend, '/keys?q=invoice-extract-dev', 'invoice-extract-dev', {
  action: button('Edit limit'),
  dialog: 'Edit limit',
});
testWalk('teams and requests', teamsAndRequests, '/teams', 'Payments', {
  action: button('Add person'),
  dialog: /^Add a person/,
});
testWalk('all other pages', others, '/connections', 'OpenRouter', {
  action: button('Replace key'),
  dialog: 'Replace management key',
});

test('the focus goes on beside what goes away, and to the title of another page', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await page.goto('/keys');
  const clear = page.getByRole('button', { name: 'Clear filter Status' });
  await clear.focus();
  await page.keyboard.press('Enter');
  await expect(clear).toBeHidden();
  await expectVisibleFocus(page.getByRole('button', { name: '+ Status' }));

  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  const row = page.getByRole('row').nth(1);
  await expectVisibleFocus(row);
  const name = (await row.getByRole('link').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/keys\/\d+$/);
  await expectVisibleFocus(page.getByRole('heading', { level: 1, name, exact: true }));
});
