import { type KeyColumnId, keyColumn } from '@/lib/domain/keys/key-columns';
import { formatDay } from '@/lib/utils/format-date';

export const ROW_HEIGHT = 48;
export const HEADER_HEIGHT = 36;

/** The narrowest a column may be in pixels, and its share of what is left over. */
const widths: Record<KeyColumnId, readonly [minimum: number, share: number]> = {
  name: [166, 1.7],
  provider: [124, 1.1],
  container: [136, 1],
  team: [90, 1],
  owner: [106, 1],
  status: [110, 0.4],
  spend: [106, 0.3],
  limit: [170, 0.4],
  recent: [116, 0.2],
  lastUsed: [94, 0.4],
  created: [100, 0.4],
  expires: [100, 0.4],
};

const CHECKBOX = 36;
const MENU = 40;

export type GridTemplate = { readonly template: string; readonly minWidth: number };

/** The tracks that the header and every row share. */
export function gridTemplate(columns: readonly KeyColumnId[], hasSelection: boolean): GridTemplate {
  const tracks = columns.map((id) => `minmax(${widths[id][0]}px, ${widths[id][1]}fr)`);
  const sum = columns.reduce((total, id) => total + widths[id][0], 0);
  return {
    template: [...(hasSelection ? [`${CHECKBOX}px`] : ['12px']), ...tracks, `${MENU}px`].join(' '),
    minWidth: sum + MENU + (hasSelection ? CHECKBOX : 12),
  };
}

/** The words of a heading; the month of the spend is named. */
export function columnHeading(id: KeyColumnId, month: string): string {
  if (id === 'spend') return `Spend, ${formatDay(month).split(' ')[1] ?? ''}`;
  return keyColumn(id).label;
}
