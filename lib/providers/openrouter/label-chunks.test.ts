import { describe, expect, it } from 'vitest';
import { chunkByLabel, halve, type KeyNames } from './label-chunks';

const key = (externalId: string, name: string | null, maskedLabel: string | null = null): KeyNames => ({
  externalId,
  name,
  maskedLabel,
});

describe('chunkByLabel', () => {
  it('asks for keys with different names together, and knows each by any of its labels', () => {
    const [chunk, ...rest] = chunkByLabel([key('1', 'web', 'sk-1'), key('2', 'batch', 'sk-2')], 10);
    expect(rest).toEqual([]);
    expect(['web', 'sk-1', '1', 'batch', 'nobody', null].map((label) => chunk?.find(label))).toEqual([
      '1',
      '1',
      '1',
      '2',
      undefined,
      undefined,
    ]);
  });

  it('never puts two keys of one name, or of a name that is another’s label, into one query', () => {
    const keys = [
      key('1', 'web'),
      key('2', 'web'),
      key('3', 'sk-9'),
      key('4', 'other', 'sk-9'),
      key('5', 'web'),
    ];
    const chunks = chunkByLabel(keys, 10);
    const labels = (ids: readonly string[]) =>
      keys.filter((each) => ids.includes(each.externalId)).flatMap((each) => [each.name, each.maskedLabel]);
    for (const { ids } of chunks) {
      const told = labels(ids).filter((label) => label !== null);
      expect(new Set(told).size).toBe(told.length);
    }
    expect(chunks.flatMap((chunk) => chunk.ids).sort()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('keeps to the size, each key once, also for thousands of one name', () => {
    const keys = Array.from({ length: 3000 }, (_, index) =>
      key(`id${index}`, index % 3 === 0 ? 'same' : `n${index}`),
    );
    const chunks = chunkByLabel(keys, 500);
    expect(Math.max(...chunks.map((chunk) => chunk.ids.length))).toBeLessThanOrEqual(500);
    expect(new Set(chunks.flatMap((chunk) => chunk.ids)).size).toBe(3000);
  });

  it('asks alone for a key without a known name, whatever the answer calls it', () => {
    const chunks = chunkByLabel([key('1', null), key('2', 'web'), key('3', 'api')], 10);
    expect(chunks.map((chunk) => chunk.ids)).toEqual([['2', '3'], ['1']]);
    expect(chunks[1]?.find('anything')).toBe('1');
  });
});

describe('halve', () => {
  it('leaves nobody out, and a half of one key takes any label', () => {
    const [chunk] = chunkByLabel([key('1', 'a'), key('2', 'b'), key('3', 'c')], 10);
    if (!chunk) throw new Error('no chunk');
    const [left, right] = halve(chunk);
    expect([left?.ids, right?.ids]).toEqual([['1', '2'], ['3']]);
    expect([left?.find('b'), left?.find('renamed'), right?.find('renamed')]).toEqual(['2', undefined, '3']);
  });
});
