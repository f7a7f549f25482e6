import type { RequestyState } from './state';
import type { RequestySwitches } from './switches';
import { type AccessList, MODALITIES } from './types';

export const findAccessList = (state: RequestyState, id: string): AccessList | null =>
  state.accessLists.get(id) ?? null;

export function accessListWire(
  state: RequestyState,
  list: AccessList,
  switches: RequestySwitches,
): Record<string, unknown> {
  const models = MODALITIES.filter(
    (modality) => list.models[modality].length > 0 || switches.accessListArrays === 'present',
  ).map((modality) => [modality, list.models[modality]]);
  return {
    id: list.id,
    name: list.name,
    organization_id: state.organization.id,
    auto_approve: list.autoApprove,
    ...Object.fromEntries(models),
  };
}

/** Where the list is in use, as the 409 says it; `null` when it is free. */
export function describeAssignments(state: RequestyState, list: AccessList): string | null {
  const groups = state.liveGroups().filter((group) => group.accessListId === list.id).length;
  const keys = state.liveKeys().filter((key) => key.accessListId === list.id).length;
  const isDefault = state.organization.groupAccessListId === list.id;
  const uses = [
    ...(groups > 0 ? [`${groups} ${groups === 1 ? 'group' : 'groups'}`] : []),
    ...(keys > 0 ? [`${keys} ${keys === 1 ? 'key' : 'keys'}`] : []),
    ...(isDefault ? ['the organization'] : []),
  ];
  return uses.length === 0 ? null : uses.join(' and ');
}
