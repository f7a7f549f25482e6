import { describe, expect, test } from 'vitest';
import { type Checkout, findDocumentFaults } from './document-faults';

function checkoutWith(text: string, files: Record<string, string> = {}): Checkout {
  const all: Record<string, string> = {
    'README.md': text,
    'lib/env.ts': '',
    'docs/adr/0001-a.md': '# First one\n',
    ...files,
  };
  const paths = Object.keys(all);
  return {
    exists: (path) =>
      paths.some((known) => known === path || known.startsWith(`${path.replace(/\/$/, '')}/`)),
    read: (path) => all[path] ?? '',
    npmScripts: new Set(['demo']),
  };
}

const problems = (text: string) =>
  findDocumentFaults('README.md', checkoutWith(text)).map(({ problem }) => problem);

describe('a document', () => {
  test.each([
    'Settings are in `lib/env.ts`, see line `lib/env.ts:12`.',
    'One verb a file: `lib/<noun>/x.ts`, and `lib/**/*.test.ts`.',
    'Read [the first record](docs/adr/0001-a.md#first-one) or [the site](https://example.org/lib/gone.ts).',
    'Run `npm run demo`; data is in `.data/demo`, and `useTable({ features })` is code.',
    '```\nlib/gone.ts [x](gone.md)\n```',
    '## Where it is\nSee [above](#where-it-is).',
  ])('may say %j', (text) => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['Look at `lib/gone.ts`.', 'names lib/gone.ts, which is not there'],
    ['Look at `scripts/<name>.mjs`.', 'names scripts, which is not there'],
    ['Look at `gone.config.ts`.', 'names gone.config.ts, which is not there'],
    ['See [this](docs/gone.md).', 'links to docs/gone.md, which is not there'],
    ['![picture](docs/gone.png)', 'links to docs/gone.png, which is not there'],
    [
      'See [this](docs/adr/0001-a.md#second).',
      'links to docs/adr/0001-a.md#second, a heading that is not there',
    ],
    ['See [this](../other/README.md).', 'links out of the checkout: ../other/README.md'],
    ['```\nnpm run gone\n```', 'names the command "npm run gone", which package.json does not have'],
  ])('may not say %j', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test('is told the line of a fault, fenced blocks counted', () => {
    const text = '```\na\n```\n\n`lib/gone.ts`\n';
    expect(findDocumentFaults('README.md', checkoutWith(text)).map(({ line }) => line)).toEqual([5]);
  });
});
