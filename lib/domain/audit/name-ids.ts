import { z } from 'zod';

const idsSchema = z.looseObject({
  teamId: z.number().nullish(),
  teamIds: z.array(z.number()).optional(),
  ownerId: z.string().nullish(),
  containerId: z.number().nullish(),
});

export type RecordIds = {
  readonly teams: ReadonlySet<number>;
  readonly people: ReadonlySet<string>;
  readonly containers: ReadonlySet<number>;
};

export type RecordNames = {
  readonly teams: ReadonlyMap<number, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly containers: ReadonlyMap<number, string>;
};

function present<T>(values: readonly (T | null | undefined)[]): T[] {
  return values.filter((value): value is T => value !== null && value !== undefined);
}

/** Every id that recorded values speak of. */
export function idsOf(values: readonly unknown[]): RecordIds {
  const records = values.map((value) => idsSchema.safeParse(value).data).filter((ids) => ids !== undefined);
  return {
    teams: new Set(present(records.flatMap(({ teamId, teamIds = [] }) => [teamId, ...teamIds]))),
    people: new Set(present(records.map(({ ownerId }) => ownerId))),
    containers: new Set(present(records.map(({ containerId }) => containerId))),
  };
}

function nameOf<Id>(names: ReadonlyMap<Id, string>, id: Id | null | undefined): string | null {
  return id === null || id === undefined ? null : (names.get(id) ?? String(id));
}

/** A recorded value with names in the place of ids; anything that is no record stays as it is. */
export function withNames(value: unknown, names: RecordNames): unknown {
  const parsed = idsSchema.safeParse(value);
  if (!parsed.success) return value;
  const { teamId, teamIds, ownerId, containerId, ...rest } = parsed.data;
  return {
    ...(teamId === undefined ? {} : { team: nameOf(names.teams, teamId) }),
    ...(teamIds === undefined ? {} : { teams: teamIds.map((id) => nameOf(names.teams, id)) }),
    ...(ownerId === undefined ? {} : { owner: nameOf(names.people, ownerId) }),
    ...(containerId === undefined ? {} : { container: nameOf(names.containers, containerId) }),
    ...rest,
  };
}
