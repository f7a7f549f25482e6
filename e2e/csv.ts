import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

export type CsvFile = { readonly name: string; readonly rows: readonly Readonly<Record<string, string>>[] };

/** Presses a link that downloads a CSV file, and reads what arrives. */
export async function downloadCsv(page: Page, link = 'Export CSV'): Promise<CsvFile> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: link }).click();
  const download = await arriving;
  return {
    name: download.suggestedFilename(),
    rows: parseCsv(await readFile(await download.path(), 'utf8')),
  };
}

/** Reads RFC 4180: quotes, doubled quotes, line ends within quotes. */
export function parseCsv(text: string): Record<string, string>[] {
  const [heads = [], ...lines] = cellsOf(text.replace(/^\uFEFF/, ''));
  return lines.map((cells) => Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? ''])));
}

function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  for (const [whole, cell = '', end] of text.matchAll(pattern)) {
    if (whole === '') break;
    line.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
