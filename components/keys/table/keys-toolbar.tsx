'use client';

import { Select } from '@/components/ui/select';
import type { KeysTable } from '@/lib/client/keys';
import { keyColumns } from '@/lib/domain/keys/key-columns';
import { parseKeySort } from '@/lib/domain/keys/key-sort';
import type { TablePreference } from '@/lib/domain/people/preferences';
import type { SavedView } from '@/lib/domain/views/saved-view';
import { ColumnsMenu } from './columns-menu';
import { FilterChips } from './filter-chips';
import { SearchBox } from './search-box';
import type { KeysView } from './use-keys-view';
import { focusActiveRow } from './use-return-focus';
import { ViewsMenu } from './views-menu';

export interface KeysToolbarProps {
  table: KeysTable | undefined;
  view: KeysView;
  views: readonly SavedView[];
  preference: TablePreference;
  onPreference: (preference: TablePreference) => void;
}

/** On a phone there are no headings to sort by. */
function SortSelect({ view }: { view: KeysView }) {
  const { column, direction } = view.sort;
  return (
    <Select
      aria-label="Sort by"
      value={`${column}.${direction}`}
      onChange={(event) => view.setSort(parseKeySort(event.target.value))}
    >
      {keyColumns.map(({ id, label }) => (
        <optgroup key={id} label={label}>
          <option value={`${id}.asc`}>{label} ↑</option>
          <option value={`${id}.desc`}>{label} ↓</option>
        </optgroup>
      ))}
    </Select>
  );
}

export function KeysToolbar({ table, view, views, preference, onPreference }: KeysToolbarProps) {
  return (
    <div className="flex items-start gap-2 max-md:flex-wrap">
      <SearchBox value={view.filters.q} onChange={view.setSearch} onLeave={focusActiveRow} />
      {table ? (
        <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-2 max-md:w-full max-md:flex-none max-md:flex-nowrap max-md:overflow-x-auto max-md:pb-1 max-md:[&>*]:shrink-0">
          <FilterChips table={table} filters={view.chosen} setFilters={view.setFilters} />
        </div>
      ) : null}
      <div className="ml-auto flex shrink-0 items-center gap-1 max-md:ml-0 max-md:w-full">
        <div className="flex-1 md:hidden">
          <SortSelect view={view} />
        </div>
        <ViewsMenu initialViews={views} query={view.query} onApply={view.applyQuery} />
        <div className="max-md:hidden">
          <ColumnsMenu preference={preference} onChange={onPreference} />
        </div>
      </div>
    </div>
  );
}
