import { describe, expect, it } from 'vitest';
import {
  DEFAULT_KEY_COLUMNS,
  keyColumns,
  moveKeyColumn,
  orderedKeyColumns,
  toggleKeyColumn,
  visibleKeyColumns,
} from './key-columns';

describe("a person's columns", () => {
  it('are those of the picture until someone chooses', () => {
    expect(visibleKeyColumns(DEFAULT_KEY_COLUMNS)).toEqual([
      'name',
      'provider',
      'team',
      'owner',
      'status',
      'spend',
      'limit',
      'recent',
      'lastUsed',
    ]);
  });

  it('always begin with the name, which cannot be hidden', () => {
    const preference = { order: ['team', 'name'], hidden: ['name'] };
    expect(visibleKeyColumns(preference)[0]).toBe('name');
    expect(toggleKeyColumn(preference, 'name')).toBe(preference);
  });

  it('hold every column once, whatever was stored', () => {
    const ordered = orderedKeyColumns({ order: ['team', 'colour', 'team'], hidden: [] });
    expect(ordered.slice(0, 2)).toEqual(['name', 'team']);
    expect([...ordered].sort()).toEqual(keyColumns.map(({ id }) => id as string).sort());
  });

  it('move one place and stop at the ends', () => {
    expect(orderedKeyColumns(moveKeyColumn(DEFAULT_KEY_COLUMNS, 'team', -1)).slice(0, 4)).toEqual([
      'name',
      'provider',
      'team',
      'container',
    ]);
    expect(moveKeyColumn(DEFAULT_KEY_COLUMNS, 'provider', -1)).toBe(DEFAULT_KEY_COLUMNS);
    expect(moveKeyColumn(DEFAULT_KEY_COLUMNS, 'expires', 1)).toBe(DEFAULT_KEY_COLUMNS);
  });

  it('are shown and hidden again', () => {
    const shown = toggleKeyColumn(DEFAULT_KEY_COLUMNS, 'created');
    expect(visibleKeyColumns(shown)).toContain('created');
    expect(visibleKeyColumns(toggleKeyColumn(shown, 'created'))).not.toContain('created');
  });
});
