import { z } from 'zod';

const assignmentSchema = z.object({
  id: z.number(),
  name: z.string(),
  teamId: z.number().nullable(),
  ownerId: z.string().nullable(),
});
/** What an assignment's audit row keeps of each key from before. */
export type AssignedKey = z.infer<typeof assignmentSchema>;

const assignmentsSchema = z.array(assignmentSchema);

/** The keys of an assignment as they were before; null for any other value. */
export function parseAssignedKeys(before: unknown): readonly AssignedKey[] | null {
  return assignmentsSchema.safeParse(before).data ?? null;
}

const MOST_NAMES = 5;

/** The names of keys, the first ones in full: `alpha, beta and 8 more`. */
function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function onlyOne<T>(values: readonly T[]): { readonly value: T } | null {
  const [first, ...rest] = new Set(values);
  return first === undefined || rest.length > 0 ? null : { value: first };
}

/** What an assignment's keys had in common before, with `several` where they differed. */
export function summarizeAssignment(keys: readonly AssignedKey[]): Readonly<Record<string, unknown>> {
  const team = onlyOne(keys.map(({ teamId }) => teamId));
  const owner = onlyOne(keys.map(({ ownerId }) => ownerId));
  return {
    ...(team ? { teamId: team.value } : { team: 'several teams' }),
    ...(owner ? { ownerId: owner.value } : { owner: 'several owners' }),
  };
}

/** Which keys an assignment was about, where it was about more than one. */
export function assignedKeyNames(keys: readonly AssignedKey[]): Readonly<Record<string, unknown>> {
  return keys.length > 1 ? { keys: nameSome(keys.map(({ name }) => name)) } : {};
}
