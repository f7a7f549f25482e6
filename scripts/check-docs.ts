import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, findDocumentFaults } from './lib/document-faults';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const carried = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'];

function documents(): string[] {
  const docs = join(root, 'docs');
  const below = existsSync(docs) ? readdirSync(docs, { recursive: true, encoding: 'utf8' }) : [];
  return [...carried, ...below.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

function npmScripts(): Set<string> {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : {};
  return new Set(Object.keys(scripts ?? {}));
}

const checkout = {
  exists: (path: string) => existsSync(join(root, path)),
  read: (path: string) => readFileSync(join(root, path), 'utf8'),
  npmScripts: npmScripts(),
};

const findings: Finding[] = documents().flatMap((document) =>
  checkout.exists(document)
    ? findDocumentFaults(document, checkout)
    : [{ document, line: 0, problem: 'is missing' }],
);
for (const { document, line, problem } of findings) {
  console.error(`${relative(root, join(root, document))}${line > 0 ? `:${line}` : ''}: ${problem}`);
}
if (findings.length > 0) process.exitCode = 1;
else console.log(`${documents().length} documents name only what is there.`);
