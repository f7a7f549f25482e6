import { nanoToDecimalString, parseNano } from '../shared/money';
import type { RequestyEmulator } from './emulator';
import { badRequest, notFound } from './errors';
import { optionalMoney, requireMoney } from './money-wire';
import { newKey } from './new-key';
import { type JsonBody, optionalPermissions, optionalText, requireText } from './request-body';
import type { Generation } from './switches';
import type { RequestyKey } from './types';

/** Adds a key from a create body. Throws 400s, and a 404 for an unknown group. */
export function createKey(
  emulator: RequestyEmulator,
  caller: RequestyKey,
  body: JsonBody,
  generation: Generation,
): RequestyKey {
  const switches = emulator.switches[generation];
  const name = requireText(body, 'name');
  const limit = (switches.limitRequired ? requireMoney : optionalMoney)(body, 'monthly_limit', switches);
  const permissions = optionalPermissions(body);
  const groupId = generation === 'current' ? readGroupId(emulator, body) : null;
  if (switches.duplicateNames === 'rejected' && emulator.state.liveKeys().some((key) => key.name === name)) {
    throw badRequest('name is already in use');
  }
  const key: RequestyKey = {
    ...newKey(emulator.random, name, emulator.clock.now().getTime()),
    monthlyLimit: limit ?? parseNano(switches.omittedLimit),
    ...(permissions ? { permissions } : {}),
    createdBy: caller.createdBy,
    groupId,
  };
  emulator.state.addKey(key);
  emulator.figures.add(key);
  emulator.state.journal.add('api', 'create', key.id, {
    name,
    limit: nanoToDecimalString(key.monthlyLimit),
  });
  return key;
}

function readGroupId(emulator: RequestyEmulator, body: JsonBody): string | null {
  const groupId = optionalText(body, 'group_id');
  if (groupId === null) {
    if (emulator.switches.current.budgetMode === 'global') return null;
    throw badRequest('group_id is required for organizations in group budget mode');
  }
  if (!emulator.state.findGroup(groupId)) throw notFound('group not found');
  return groupId;
}
