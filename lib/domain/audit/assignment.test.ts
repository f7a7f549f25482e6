import { describe, expect, test } from 'vitest';
import { assignedKeyNames, parseAssignedKeys, summarizeAssignment } from './assignment';

const key = (id: number, teamId: number | null, ownerId: string | null = null) => ({
  id,
  name: `key-${id}`,
  teamId,
  ownerId,
});

describe('an assignment as one record', () => {
  test('of one key is its team and owner', () => {
    expect(summarizeAssignment([key(1, 4, 'ana')])).toEqual({ teamId: 4, ownerId: 'ana' });
    expect(assignedKeyNames([key(1, 4, 'ana')])).toEqual({});
  });

  test('of several keys says what they had in common and which they were', () => {
    expect(summarizeAssignment([key(1, 4), key(2, null)])).toEqual({
      team: 'several teams',
      ownerId: null,
    });
    expect(assignedKeyNames([key(1, 4), key(2, null)])).toEqual({ keys: 'key-1, key-2' });
    const many = Array.from({ length: 8 }, (_, index) => key(index + 1, 4));
    expect(summarizeAssignment(many)).toMatchObject({ teamId: 4 });
    expect(assignedKeyNames(many)).toEqual({ keys: 'key-1, key-2, key-3, key-4, key-5 and 3 more' });
  });

  test('is told apart from any other value', () => {
    expect(parseAssignedKeys({ name: 'a' })).toBe(null);
    expect(parseAssignedKeys([{ id: 1 }])).toBe(null);
  });
});
