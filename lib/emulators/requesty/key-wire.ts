import type { RequestyEmulator } from './emulator';
import { keyMoney } from './money-wire';
import type { Generation, RequestySwitches } from './switches';
import { formatInstant } from './times';
import type { RequestyKey } from './types';

/** A row of the key list. The classic list has neither labels, nor creator, nor group unless its switch says so. */
export function listedKey(
  emulator: RequestyEmulator,
  key: RequestyKey,
  generation: Generation,
): Record<string, unknown> {
  const switches = emulator.switches[generation];
  return {
    id: key.id,
    name: key.name,
    ...keySpend(emulator, key, switches),
    permissions: key.permissions,
    ...(switches.optionalKeyFields === 'present' ? optionalFields(emulator, key, generation) : {}),
    ...extraFields(key, switches),
  };
}

/** `GET .../apikey/{id}`: neither labels nor creator, but `logging`. */
export function detailedKey(
  emulator: RequestyEmulator,
  key: RequestyKey,
  switches: RequestySwitches,
): Record<string, unknown> {
  const group = emulator.state.groupOf(key);
  return {
    id: key.id,
    name: key.name,
    logging: key.logging,
    ...keySpend(emulator, key, switches),
    permissions: key.permissions,
    ...(group && switches.optionalKeyFields === 'present' ? { group: { id: group.id } } : {}),
    ...extraFields(key, switches),
  };
}

function keySpend(emulator: RequestyEmulator, key: RequestyKey, switches: RequestySwitches) {
  return {
    monthly_limit: keyMoney(key.monthlyLimit, switches),
    monthly_spend: keyMoney(emulator.figures.monthSpend(key.id, switches.spendLagHours), switches),
  };
}

function optionalFields(emulator: RequestyEmulator, key: RequestyKey, generation: Generation) {
  const creator = key.createdBy === null ? undefined : emulator.state.users.get(key.createdBy);
  const group = generation === 'current' ? emulator.state.groupOf(key) : null;
  return {
    ...(Object.keys(key.labels).length > 0 ? { labels: key.labels } : {}),
    ...(creator ? { created_by: { id: creator.id, email: creator.email } } : {}),
    ...(group ? { group: { id: group.id } } : {}),
  };
}

/** Fields that a later version may add; a client has to ignore them. */
function extraFields(key: RequestyKey, switches: RequestySwitches): Record<string, unknown> {
  if (switches.unknownFields === 'absent') return {};
  return {
    created_at: formatInstant(key.createdAt),
    last_used_at: null,
    service_account: null,
    access_list: key.accessListId === null ? null : { id: key.accessListId },
    x_tier: { name: 'standard', weights: [1, 2] },
  };
}
