import type { TablePreference } from '../people/preferences';

/** The columns of the key table in the order they stand in when nobody chose another. */
export const keyColumns = [
  { id: 'name', label: 'Name', isDefault: true, isNumber: false },
  { id: 'provider', label: 'Provider', isDefault: true, isNumber: false },
  { id: 'container', label: 'Workspace or group', isDefault: false, isNumber: false },
  { id: 'team', label: 'Team', isDefault: true, isNumber: false },
  { id: 'owner', label: 'Owner', isDefault: true, isNumber: false },
  { id: 'status', label: 'Status', isDefault: true, isNumber: false },
  { id: 'spend', label: 'Spend this month', isDefault: true, isNumber: true },
  { id: 'limit', label: 'Limit and pace', isDefault: true, isNumber: false },
  { id: 'recent', label: '30 days', isDefault: true, isNumber: false },
  { id: 'lastUsed', label: 'Last used', isDefault: true, isNumber: false },
  { id: 'created', label: 'Created', isDefault: false, isNumber: false },
  { id: 'expires', label: 'Expires', isDefault: false, isNumber: false },
] as const;

export type KeyColumnId = (typeof keyColumns)[number]['id'];

const ids: readonly string[] = keyColumns.map(({ id }) => id);

export function isKeyColumnId(text: string): text is KeyColumnId {
  return ids.includes(text);
}

export function keyColumn(id: KeyColumnId): (typeof keyColumns)[number] {
  return keyColumns.find((column) => column.id === id) ?? keyColumns[0];
}

export const DEFAULT_KEY_COLUMNS: TablePreference = {
  order: keyColumns.map(({ id }) => id),
  hidden: keyColumns.filter(({ isDefault }) => !isDefault).map(({ id }) => id),
};

/** Every column in the person's order. Ones that came later stand behind; the name is always first. */
export function orderedKeyColumns(preference: TablePreference): KeyColumnId[] {
  const chosen = preference.order.filter(isKeyColumnId);
  const rest = keyColumns.map(({ id }) => id).filter((id) => !chosen.includes(id));
  return ['name', ...new Set([...chosen, ...rest].filter((id) => id !== 'name'))];
}

/** What is shown, in order; the name cannot be hidden. */
export function visibleKeyColumns(preference: TablePreference): KeyColumnId[] {
  return orderedKeyColumns(preference).filter((id) => id === 'name' || !preference.hidden.includes(id));
}

/** The preference with a column moved by one place; the name stays first. */
export function moveKeyColumn(preference: TablePreference, id: KeyColumnId, by: -1 | 1): TablePreference {
  const order = orderedKeyColumns(preference);
  const at = order.indexOf(id);
  const to = at + by;
  if (id === 'name' || to < 1 || to >= order.length) return preference;
  order.splice(at, 1);
  order.splice(to, 0, id);
  return { ...preference, order };
}

export function toggleKeyColumn(preference: TablePreference, id: KeyColumnId): TablePreference {
  if (id === 'name') return preference;
  const hidden = preference.hidden.includes(id)
    ? preference.hidden.filter((item) => item !== id)
    : [...preference.hidden, id];
  return { order: orderedKeyColumns(preference), hidden };
}
