import type { Page } from '@playwright/test';
import Big from 'big.js';
import { z } from 'zod';
import { parseCsv } from './csv';
import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

const dimensions = ['team', 'connection', 'key', 'model'] as const;

function sumOf(rows: readonly Readonly<Record<string, string>>[], column: string): Big {
  return rows.reduce((sum, row) => sum.plus(row[column] || 0), new Big(0));
}

/** As every page draws dollars: rounded once, half up, to the cent. */
function dollars(amount: Big): string {
  const [whole = '', cents] = amount.toFixed(2, Big.roundHalfUp).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

async function csvOf(page: Page, path: string): Promise<Record<string, string>[]> {
  const response = await page.request.get(path);
  expect(response.status(), path).toBe(200);
  return parseCsv(await response.text());
}

async function dataOf<Schema extends z.ZodType>(
  page: Page,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await page.request.get(path);
  expect(response.status(), path).toBe(200);
  const { data } = z.object({ ok: z.literal(true), data: z.unknown() }).parse(await response.json());
  return schema.parse(data);
}

function monthOf(day: Date): { from: string; to: string; column: string } {
  const today = day.toISOString().slice(0, 10);
  return {
    from: `${today.slice(0, 7)}-01`,
    to: today,
    column: `spend_${today.slice(0, 7).replace('-', '_')}_usd`,
  };
}

test("the month's figure is the same on every page and in every file, to the last digit", async ({
  page,
  signIn,
  openrouter,
}) => {
  const { from, to, column } = monthOf(new Date());
  await signIn(page, 'admin');
  const keys = await csvOf(page, '/api/keys/export?status=all');
  const month = sumOf(keys, column);
  expect(month.gt(0)).toBe(true);

  const table = await dataOf(page, '/api/keys', z.object({ monthSpend: z.string() }));
  expect(table.monthSpend).toBe(month.toFixed());
  for (const by of dimensions) {
    const query = `from=${from}&to=${to}&by=${by}`;
    const view = await dataOf(
      page,
      `/api/spend?${query}`,
      z.object({ total: z.object({ spend: z.string() }), series: z.array(z.object({ spend: z.string() })) }),
    );
    expect(view.total.spend, `spend by ${by}`).toBe(month.toFixed());
    expect(sumOf(view.series, 'spend').toFixed(), `its parts by ${by}`).toBe(month.toFixed());
    const file = await csvOf(page, `/api/spend/export?${query}`);
    expect(sumOf(file, 'spend_usd').toFixed(), `CSV by ${by}`).toBe(month.toFixed());
  }

  const drawn = dollars(month);
  await page.goto('/');
  await expect(page.getByRole('definition').first()).toContainText(drawn);
  await openKeyTable(page, '?status=all');
  await expect(page.getByText(new RegExp(`keys · ${drawn.replace(/[$.]/g, '\\$&')} in `))).toBeVisible();
  await page.goto('/spend');
  await expect(page.getByRole('definition').first()).toContainText(drawn);
  const lastRow = page.getByRole('table', { name: 'Spend by team', exact: true }).getByRole('row').last();
  await expect(lastRow.getByRole('cell').nth(1)).toHaveText(drawn);
  expect(openrouter.clock.isFrozen).toBe(true);
});

test("each key's figure is that of the provider, the table, the key's page and the spend file", async ({
  page,
  signIn,
  openrouter,
}) => {
  const { from, to, column } = monthOf(new Date());
  await signIn(page, 'admin');
  const keys = await csvOf(page, '/api/keys/export?status=all');
  const facts = await csvOf(page, `/api/spend/export?from=${from}&to=${to}&by=key`);
  for (const { key_id: id = '', name, [column]: spend = '' } of keys) {
    const own = sumOf(
      facts.filter((row) => row.key_id === id),
      'spend_usd',
    );
    expect(own.toFixed(), `${name} in the spend file`).toBe(new Big(spend).toFixed());
    const usage = await dataOf(
      page,
      `/api/keys/${id}/usage?from=${from}&to=${to}`,
      z.object({ spendTotal: z.string() }),
    );
    expect(usage.spendTotal, `${name} on its page`).toBe(new Big(spend).toFixed());
  }

  const ours = keys.filter(({ connection, status }) => connection === 'OpenRouter' && status !== 'gone');
  const month = new Map<string, string>();
  for (const key of openrouter.state.keys.values()) {
    const { costNano } = openrouter.state.ledger.windows(key.hash, openrouter.clock.now()).month;
    month.set(key.name, new Big(String(costNano)).div('1e9').toFixed());
  }
  expect(ours.length).toBeGreaterThan(30);
  for (const { name = '', [column]: spend = '' } of ours) {
    expect(new Big(spend).toFixed(), `${name} at the provider`).toBe(month.get(name));
  }

  const largest = ours.toSorted((a, b) => new Big(b[column] ?? 0).cmp(a[column] ?? 0)).slice(0, 3);
  for (const { key_id: id, [column]: spend = '' } of largest) {
    await page.goto(`/keys/${id}`);
    const amount = dollars(new Big(spend));
    await expect(page.getByRole('definition').first()).toHaveText(amount);
    await expect(page.getByText(new RegExp(`^\\${amount.replace('.', '\\.')} · .* UTC days`))).toBeVisible();
  }
});

test("a team's month is the same on its page, among the teams and in the spend file", async ({
  page,
  signIn,
}) => {
  const { from, to } = monthOf(new Date());
  await signIn(page, 'admin');
  const file = await csvOf(page, `/api/spend/export?from=${from}&to=${to}&by=team`);
  await page.goto('/teams');
  const rows = page.getByRole('table', { name: 'Teams' }).getByRole('row');
  for (const name of ['Payments', 'Support', 'Discovery']) {
    const amount = dollars(
      sumOf(
        file.filter(({ team }) => team === name),
        'spend_usd',
      ),
    );
    await expect(rows.filter({ has: page.getByRole('link', { name, exact: true }) })).toContainText(amount);
  }
  await page.getByRole('link', { name: 'Payments', exact: true }).click();
  const amount = dollars(
    sumOf(
      file.filter(({ team }) => team === 'Payments'),
      'spend_usd',
    ),
  );
  await expect(page.getByText(new RegExp(`^\\${amount.replace('.', '\\.')} in `))).toBeVisible();
});
