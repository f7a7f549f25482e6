import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');
const isTest = (file: string) => /\.(test|contract)\.tsx?$/.test(file) || file.startsWith('lib/testing/');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

function sourcesIn(...folders: string[]): string[] {
  const files = folders.flatMap((folder) => {
    if (!existsSync(join(repository, folder))) return [];
    const names = readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' });
    return names.map((name) => `${folder}/${name}`);
  });
  return files.filter((file) => /\.tsx?$/.test(file) && !isTest(file));
}

const parse = (file: string, text: string) =>
  ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.ES2023,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : undefined,
  );

function someNode(text: string, isWanted: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => isWanted(node) || (ts.forEachChild(node, visit) ?? false);
  return visit(parse('file.tsx', text));
}

const importsServerOnly = (text: string) => /^import 'server-only';$/m.test(text);

/** What is left of a file without its types; nothing runs in one that holds types alone. */
const isTypesOnly = (text: string) =>
  ts
    .transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true } })
    .outputText.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|export \{\};/gm, '')
    .trim() === '';

const isServerOnly = (text: string) => importsServerOnly(text) || isTypesOnly(text);

const isPropertyOf = (node: ts.Node, object: string, property: string) =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === property;

const readsEnvironment = (text: string) => someNode(text, (node) => isPropertyOf(node, 'process', 'env'));

/** The clock, chance, and the host's settings: a pure function gets such things passed in. */
const readsSurroundings = (text: string) =>
  someNode(
    text,
    (node) =>
      isPropertyOf(node, 'Date', 'now') ||
      isPropertyOf(node, 'Math', 'random') ||
      isPropertyOf(node, 'performance', 'now') ||
      (ts.isIdentifier(node) &&
        ['crypto', 'process', 'fetch'].includes(node.text) &&
        !ts.isPropertyAssignment(node.parent)) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length),
  );

/** Reaches a provider's writing half, whichever way it is named. */
const reachesWrites = (text: string) =>
  someNode(
    text,
    (node) =>
      (ts.isPropertyAccessExpression(node) && node.name.text === 'writes') ||
      (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'writes'),
  );

const declaresActions = (text: string) => /^\s*['"]use server['"]/m.test(text);

/** Draws without a server: the proxy's own helpers and what runs in the browser. */
const notOnServer = ['lib/auth/client.ts', 'lib/auth/request-headers.ts', 'lib/auth/security-headers.ts'];

const offenders = (files: string[], isBad: (text: string) => boolean) =>
  files.filter((file) => isBad(read(file)));

describe('the house rules', () => {
  test('modules that hold data or secrets cannot reach a browser bundle', () => {
    const files = [...sourcesIn('lib/server', 'lib/jobs', 'lib/auth'), 'lib/db/client.ts'];
    expect(
      offenders(
        files.filter((file) => !notOnServer.includes(file)),
        (text) => !isServerOnly(text),
      ),
    ).toEqual([]);
    expect(isServerOnly("import 'server-only';\nexport const a = 1;\n")).toBe(true);
    expect(isServerOnly('export type A = string;\n')).toBe(true);
    expect(isServerOnly('export type A = string;\nexport const a = 1;\n')).toBe(false);
  });

  test('settings are read in one place', () => {
    const files = sourcesIn('app', 'components', 'lib').filter((file) => file !== 'lib/env.ts');
    expect(
      offenders(
        files.filter((file) => !/^lib\/emulators\/[^/]+\/cli\.ts$/.test(file)),
        readsEnvironment,
      ),
    ).toEqual([]);
    expect(readsEnvironment('export const url = process.env.DATABASE_URL;')).toBe(true);
  });

  test('the domain has no clock, no chance and no surroundings', () => {
    expect(offenders(sourcesIn('lib/domain'), readsSurroundings)).toEqual([]);
    for (const bad of ['Date.now()', 'new Date()', 'Math.random()', 'crypto.randomUUID()', "fetch('x')"]) {
      expect(readsSurroundings(`export const a = () => ${bad};`), bad).toBe(true);
    }
    expect(readsSurroundings('export const a = (now: Date) => new Date(now.getTime());')).toBe(false);
  });

  test('a provider is written to by changes alone, so that no write goes unrecorded', () => {
    const files = sourcesIn('app', 'components', 'lib').filter(
      (file) => !/^lib\/(server\/changes|providers|emulators)\//.test(file),
    );
    expect(offenders(files, reachesWrites)).toEqual([]);
    expect(reachesWrites('await provider.writes.deleteKey(id);')).toBe(true);
    expect(reachesWrites('const { writes } = openProvider(kind, config);')).toBe(true);
  });

  test('server actions are declared in one room', () => {
    const elsewhere = sourcesIn('app', 'components', 'lib').filter(
      (file) => !file.startsWith('lib/actions/'),
    );
    expect(offenders(elsewhere, declaresActions)).toEqual([]);
    expect(declaresActions("export async function save() {\n  'use server';\n}")).toBe(true);
  });
});
