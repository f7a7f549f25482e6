import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendTailwindMerge } from 'tailwind-merge';
import { expect, test } from 'vitest';
import { mergeClasses } from './merge-classes';

// What the classes of all Tailwind contradict, as its community keeps it: too large a table for every page.
const reference = extendTailwindMerge({
  extend: { theme: { radius: ['tag', 'control', 'panel'], shadow: ['float'], text: ['2xs'] } },
});

const root = process.cwd();
const isSource = (file: string) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file);
const sources = ['app', 'components'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
);

/** Every class that the interface is written with: words in quotes that the reference knows as a class. */
const tokens = new Set(
  sources
    .flatMap((text) => [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)])
    .flatMap((match) => (match[1] ?? match[2] ?? match[3] ?? '').split(/\s+/))
    .filter((word) => word !== '' && reference(`${word} ${word}`) === word),
);
/** One of each shape: `p-1` and `p-4` are told alike. */
const shapes = new Map(
  [...tokens].map((token) => [token.replace(/\[[\d.]+/g, '[0').replace(/\d+(\.\d+)?/g, '0'), token]),
);
const samples = [...shapes.values()];
const isConditional = (token: string) => /^[a-z-]+:|^\[&/.test(token);
const bare = samples.filter((token) => !isConditional(token));

test('of any two classes that the interface uses, those stay that Tailwind would let count', () => {
  const wrong: string[] = [];
  for (const first of bare) {
    for (const second of bare) {
      const both = `${first} ${second}`;
      if (mergeClasses(both) !== reference(both)) wrong.push(`${both} → ${mergeClasses(both)}`);
    }
  }
  expect(bare.length).toBeGreaterThan(150);
  expect(wrong).toEqual([]);
});

test('classes under the same condition contradict each other, those under others do not', () => {
  const withConditions = samples.filter(isConditional);
  expect(withConditions.length).toBeGreaterThan(50);
  for (const first of withConditions) {
    for (const second of [...withConditions, 'p-4', 'hidden', 'bg-panel', 'text-sm', 'border-line']) {
      const both = `${first} ${second}`;
      expect(mergeClasses(both)).toBe(reference(both));
    }
  }
});

test('a list of many keeps its order, and words that are no classes', () => {
  expect(mergeClasses('group  p-2 hover:p-3 px-4 p-1 hover:p-4 animate-x')).toBe(
    'group p-1 hover:p-4 animate-x',
  );
  expect(mergeClasses('leading-4 text-sm text-muted leading-5 text-accent')).toBe(
    'text-sm leading-5 text-accent',
  );
  expect(mergeClasses('')).toBe('');
});
