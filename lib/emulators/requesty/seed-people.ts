import { DAY_MS } from '../shared/clock';
import { catalogue } from '../shared/models';
import { NANO_PER_USD } from '../shared/money';
import type { Prng } from '../shared/prng';
import { FIRST_NAMES, GROUP_SEEDS, LAST_NAMES } from './seed-names';
import type { RequestyState } from './state';
import type { AccessList, RequestyGroup, RequestyUser } from './types';

const MAX_USERS = FIRST_NAMES.length * LAST_NAMES.length;

/** Fifteen people at least, one more for every five keys. The first two administer the organization. */
export function seedUsers(state: RequestyState, prng: Prng, keys: number): void {
  const count = Math.min(MAX_USERS, Math.max(15, Math.floor(keys / 5)));
  for (let index = 0; index < count; index += 1) {
    const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
    const last = LAST_NAMES[(index + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length] ?? '';
    const user: RequestyUser = {
      id: `user-${prng.hex(10)}`,
      email: `${first}.${last}@acme.example`,
      name: `${capitalize(first)} ${capitalize(last)}`,
      role: index < 2 ? 'admin' : 'member',
      active: index % 13 !== 9,
      monthlyLimit: index % 4 === 3 ? BigInt(prng.pick([100, 250, 500])) * NANO_PER_USD : null,
    };
    state.users.set(user.id, user);
  }
  state.organization.ownerId = state.users.keys().next().value ?? '';
}

/** Six groups; everyone is in one, some in a second, and the first member of each leads it. */
export function seedGroups(state: RequestyState, prng: Prng, createdAt: number): void {
  const users = [...state.users.keys()];
  const assigned = state.accessLists.keys().next().value ?? null;
  GROUP_SEEDS.forEach((seed, index) => {
    const members = users.filter(
      (_, position) => position % GROUP_SEEDS.length === index || position % 11 === index,
    );
    const group: RequestyGroup = {
      id: prng.uuid(),
      name: seed.name,
      monthlyLimit: null,
      monthlyBudgetPerUser: null,
      createdBy: state.organization.ownerId,
      createdAt: createdAt + index * DAY_MS,
      deletedAt: null,
      accessListId: index < 2 ? assigned : null,
      members: new Map(
        members.map((userId, position) => [
          userId,
          {
            userId,
            role: position === 0 ? 'admin' : 'member',
            rateLimit: prng.next() < 0.3 ? prng.pick([60, 100, 300]) : null,
          },
        ]),
      ),
    };
    state.groups.set(group.id, group);
  });
}

/** The first is assigned to groups and keys, the others are free to delete. */
export function seedAccessLists(state: RequestyState, prng: Prng): void {
  const ids = catalogue.map((model) => model.id);
  const none = { chat: [], embedding: [], image: [], transcription: [], speech: [] };
  const lists: Omit<AccessList, 'id'>[] = [
    {
      name: 'Production',
      autoApprove: false,
      models: { ...none, chat: ids, embedding: ['openai/text-embedding-3-large'] },
    },
    { name: 'EU and zero retention', autoApprove: false, models: { ...none, chat: ids.slice(0, 4) } },
    {
      name: 'Experiments',
      autoApprove: true,
      models: { ...none, chat: ids.slice(2), image: ['openai/gpt-image-1'], speech: ['openai/tts-1'] },
    },
  ];
  for (const list of lists) {
    const id = prng.uuid();
    state.accessLists.set(id, { id, ...list });
  }
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
