import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const repository = resolve(import.meta.dirname, '../..');
const lines = (count: number, line: string) => `${line}\n`.repeat(count);

const cases = [
  { rule: 'noExplicitAny', file: 'lib/server/a.ts', code: 'export const wide: any = 1;\n' },
  {
    rule: 'noNonNullAssertion',
    file: 'lib/server/b.ts',
    code: 'export const f = (a?: string) => a!.length;\n',
  },
  { rule: 'noConsole', file: 'lib/server/c.ts', code: "console.log('x');\n" },
  {
    rule: 'noUnusedImports',
    file: 'lib/server/d.ts',
    code: "import { join } from 'node:path';\nexport const d = 1;\n",
  },
  { rule: 'noUnusedVariables', file: 'lib/server/e.ts', code: 'const unused = 1;\nexport const e = 2;\n' },
  {
    rule: 'useImportType',
    file: 'lib/server/f.ts',
    code: "import { Stats } from 'node:fs';\nexport type F = Stats;\n",
  },
  { rule: 'useFilenamingConvention', file: 'lib/server/CamelCase.ts', code: 'export const g = 1;\n' },
  { rule: 'noExcessiveLinesPerFile', file: 'lib/server/h.ts', code: lines(301, 'export {};') },
  {
    rule: 'noExcessiveLinesPerFunction',
    file: 'lib/server/i.ts',
    code: `export function long(list: string[]) {\n${lines(51, "  list.push('x');")}}\n`,
  },
  {
    rule: 'noExcessiveLinesPerFunction',
    file: 'components/keys/long.tsx',
    code: `export function Long(list: string[]) {\n${lines(121, "  list.push('x');")}}\n`,
  },
  {
    rule: 'noFloatingPromises',
    file: 'lib/server/j.ts',
    code: 'async function work(): Promise<void> {}\nexport function start() {\n  work();\n}\n',
  },
];

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      location: z.object({ path: z.union([z.string(), z.object({ file: z.string() })]) }).nullish(),
    }),
  ),
});
type Diagnostic = z.infer<typeof reportSchema>['diagnostics'][number];

let folder: string;
let diagnostics: Diagnostic[];

const fileOf = ({ location }: Diagnostic) =>
  typeof location?.path === 'string' ? location.path : (location?.path.file ?? '');

/** The house's own settings, in a folder without a repository around it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-fence-lint-'));
  const settings = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(repository, 'biome.json'), 'utf8')));
  const { $schema, ...rules } = settings;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
  for (const { file, code } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = run.stdout.slice(run.stdout.indexOf('{'));
  diagnostics = reportSchema.parse(JSON.parse(report)).diagnostics;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the linter', () => {
  test.each(cases)('refuses $file by $rule', ({ rule, file }) => {
    const found = diagnostics.filter(
      (one) => fileOf(one).endsWith(file) && one.category.endsWith(`/${rule}`),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
});
