import { ControlError } from '../shared/control';
import { nanoToDecimalString } from '../shared/money';
import { accessListWire } from './access-list';
import type { RequestyEmulator } from './emulator';
import { isExpired } from './state';
import { formatInstant } from './times';
import type { RequestyGroup, RequestyKey } from './types';

/** The true state. `?key=` narrows to one key, `?new=true` to those that were not seeded. */
export function stateView(emulator: RequestyEmulator, query: Record<string, string>): unknown {
  const { state, figures, clock } = emulator;
  const all = query.key === undefined ? [...state.keys.values()] : [findKey(emulator, query.key)];
  const keys = query.new === 'true' ? all.filter((key) => key.isNew) : all;
  return {
    now: clock.now().toISOString(),
    organization: { ...state.organization, balance: nanoToDecimalString(figures.balance()) },
    managementKeys: [state.managementKey().secret],
    totalUsage: nanoToDecimalString(figures.ledger.total(clock.now()).costNano),
    keys: keys.map((key) => keyView(emulator, key)),
    groups: [...state.groups.values()].map(groupView),
    users: [...state.users.values()],
    access_lists: [...state.accessLists.values()].map((list) =>
      accessListWire(state, list, emulator.switches.current),
    ),
  };
}

/** Everything about a key, the secret and the expiry included, which no call of the API shows. */
export function keyView(emulator: RequestyEmulator, key: RequestyKey): Record<string, unknown> {
  return {
    id: key.id,
    name: key.name,
    secret: key.secret,
    monthly_limit: nanoToDecimalString(key.monthlyLimit),
    monthly_spend: nanoToDecimalString(emulator.figures.monthSpend(key.id)),
    permissions: key.permissions,
    labels: key.labels,
    created_by: key.createdBy,
    group_id: key.groupId,
    logging: key.logging,
    access_list_id: key.accessListId,
    created_at: formatInstant(key.createdAt),
    expires_at: key.expiresAt === null ? null : formatInstant(key.expiresAt),
    isNew: key.isNew,
    isUsable: key.deletedAt === null && !isExpired(key, emulator.clock.now().getTime()),
    maySpend: emulator.figures.maySpend(key),
    deletedAt: key.deletedAt === null ? null : formatInstant(key.deletedAt),
  };
}

export function groupView(group: RequestyGroup): Record<string, unknown> {
  return {
    id: group.id,
    name: group.name,
    monthly_limit: group.monthlyLimit === null ? null : nanoToDecimalString(group.monthlyLimit),
    access_list_id: group.accessListId,
    members: [...group.members.values()],
    deletedAt: group.deletedAt === null ? null : formatInstant(group.deletedAt),
  };
}

/** By id, whole secret, or unique name. Throws a ControlError. */
export function findKey(emulator: RequestyEmulator, reference: string): RequestyKey {
  const { state, clock } = emulator;
  const key =
    state.keys.get(reference) ??
    state.findKeyBySecret(reference, clock.now().getTime()) ??
    state.liveKeys().find((each) => each.name === reference);
  if (!key) throw new ControlError(`no key ${reference.slice(0, 12)}…`);
  return key;
}

export function findGroup(emulator: RequestyEmulator, id: string): RequestyGroup {
  const group = emulator.state.findGroup(id);
  if (!group) throw new ControlError(`no group ${id}`);
  return group;
}
