import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import config from '../../.dependency-cruiser.mjs';
import { fenceCases, fenceTargets } from './fence-cases';

const repository = resolve(import.meta.dirname, '../..');
const sources = Object.entries(fenceTargets).concat(fenceCases.map(({ file, imports }) => [file, imports]));
const resultSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});
let folder: string;
let violations: z.infer<typeof resultSchema>['summary']['violations'];

const snippet = (imports: string | null) =>
  `${imports === null ? '' : `import * as reached from '${imports}';\n`}export const found = typeof reached;\n`;

/** A tree that mirrors the checkout, with the bad snippets in it; one cruise looks at all of them. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-fence-'));
  for (const [file, imports] of sources) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), snippet(imports));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const tsConfig = {
    compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@/*': ['./*'] } },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsConfig));
  const roots = [...new Set(sources.map(([file]) => file.split('/')[0] ?? file))];
  const rules = join(repository, '.dependency-cruiser.mjs');
  const run = spawnSync(
    process.execPath,
    [join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', rules].concat(
      ['--output-type', 'json'],
      roots,
    ),
    { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 },
  );
  violations = resultSchema.parse(JSON.parse(run.stdout)).summary.violations;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const forbidden = config.forbidden ?? [];

const violationsOf = (file: string) =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

describe('the layers', () => {
  test.each(fenceCases)('$rule refuses $imports in $file', ({ rule, file }) => {
    expect(violationsOf(file)).toContain(rule);
  });

  test.each(Object.keys(fenceTargets).filter((file) => !file.endsWith('second.ts')))('allow %s', (file) => {
    expect(violationsOf(file)).toEqual([]);
  });

  test('has a bad snippet for each rule, and each rule is an error', () => {
    const rules = forbidden.map(({ name }) => name);
    expect([...new Set(fenceCases.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
});
