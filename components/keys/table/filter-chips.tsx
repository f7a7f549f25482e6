'use client';

import { memo, useMemo } from 'react';
import { FilterChip } from '@/components/ui/filter-chip';
import type { KeysTable } from '@/lib/client/keys';
import {
  type KeyFilters,
  type LimitFilter,
  NONE,
  rotationFilters,
  type StatusFilter,
  unownedFilters,
} from '@/lib/domain/keys/key-filters';
import { type KeyStatus, keyStatusWords } from '@/lib/domain/keys/key-status';
import { ChoiceList, type FilterOption, OptionList } from './option-list';

const statuses = (Object.keys(keyStatusWords) as KeyStatus[]).reverse();
const statusOptions = statuses.map((value) => ({ value, label: keyStatusWords[value].label }));

const limitOptions: readonly FilterOption[] = [
  { value: '50', label: '50% or more' },
  { value: '80', label: '80% or more' },
  { value: '95', label: '95% or more' },
  { value: '100', label: 'Used up' },
  { value: NONE, label: 'No limit' },
  { value: 'blocked', label: 'Blocked' },
];
const idleOptions: readonly FilterOption[] = [
  { value: '7', label: 'not for 7 days' },
  { value: '30', label: 'not for 30 days' },
];
const expiryOptions: readonly FilterOption[] = [
  { value: '7', label: 'within 7 days' },
  { value: '14', label: 'within 14 days' },
  { value: '30', label: 'within 30 days' },
];

const unownedOptions: readonly FilterOption[] = [
  { value: 'any', label: 'no team or no owner' },
  { value: 'team', label: 'no team' },
  { value: 'owner', label: 'no owner' },
];

const rotationOptions: readonly FilterOption[] = [
  { value: 'due', label: 'due' },
  { value: 'retiring', label: 'being retired' },
  { value: 'took-over', label: 'took over from another key' },
];

function statusText(status: StatusFilter): string | null {
  if (status === 'all') return null;
  if (status === 'live') return 'not deleted';
  return status.map((item) => keyStatusWords[item].label).join(', ');
}

function limitText(limit: LimitFilter | null): string | null {
  if (limit === null) return null;
  if (limit.kind === 'none') return 'No limit';
  if (limit.kind === 'blocked') return 'Blocked';
  return limit.percent >= 100 ? 'Used up' : `${limit.percent}% or more`;
}

function toLimit(value: string): LimitFilter {
  return value === NONE || value === 'blocked' ? { kind: value } : { kind: 'used', percent: Number(value) };
}

/** One name, or how many. */
function namesText(chosen: readonly string[], options: readonly FilterOption[]): string | null {
  const [first] = chosen;
  if (first === undefined) return null;
  const name = options.find(({ value }) => value === first)?.label ?? 'unknown';
  return chosen.length === 1 ? name : `${name} and ${chosen.length - 1} more`;
}

function optionsOf(table: KeysTable) {
  const named = (items: readonly { id: number | string; name: string }[]): FilterOption[] =>
    items.map(({ id, name }) => ({ value: String(id), label: name }));
  return {
    connections: named(table.connections),
    teams: [{ value: '0', label: 'No team' }, ...named(table.teams)],
    owners: [{ value: NONE, label: 'No owner' }, ...named(table.owners)],
    // Where no key was ever rotated there is nothing to choose.
    hasRotations: table.rows.some(
      ({ isDueForRotation, isBeingRetired, tookOverFrom }) =>
        isDueForRotation || isBeingRetired || tookOverFrom !== null,
    ),
  };
}

interface ManyChipProps {
  label: string;
  options: readonly FilterOption[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function ManyChip({ label, options, chosen, onChange }: ManyChipProps) {
  return (
    <FilterChip label={label} value={namesText(chosen, options)} onClear={() => onChange([])}>
      <OptionList options={options} chosen={chosen} onChange={onChange} />
    </FilterChip>
  );
}

interface OneChipProps {
  label: string;
  options: readonly FilterOption[];
  chosen: string | null;
  text: string | null;
  onChoose: (value: string | null) => void;
}

function OneChip({ label, options, chosen, text, onChoose }: OneChipProps) {
  return (
    <FilterChip label={label} value={text} onClear={() => onChoose(null)}>
      {(close) => (
        <ChoiceList
          label={label}
          options={options}
          chosen={chosen}
          onChoose={(value) => {
            onChoose(value);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

export interface FilterChipsProps {
  table: KeysTable;
  filters: Omit<KeyFilters, 'q'>;
  setFilters: (patch: Partial<KeyFilters>) => void;
}

/** `not for 30 days`, `within 14 days`. */
function daysText(days: number | null, words: string): string | null {
  if (days === null) return null;
  return `${words} ${days} ${days === 1 ? 'day' : 'days'}`;
}

/** Every filter beside the search box; each says what it leaves. */
export const FilterChips = memo(function FilterChips({ table, filters, setFilters }: FilterChipsProps) {
  const options = useMemo(() => optionsOf(table), [table]);
  const { status, limit } = filters;
  const idle = filters.idleDays === null ? null : String(filters.idleDays);
  const expires = filters.expiresInDays === null ? null : String(filters.expiresInDays);
  return (
    <>
      <FilterChip
        label="Status"
        value={statusText(status)}
        onClear={() => setFilters({ status: status === 'live' ? 'all' : 'live' })}
      >
        <OptionList
          options={statusOptions}
          chosen={typeof status === 'string' ? [] : [...status]}
          onChange={(chosen) => {
            const wanted = statuses.filter((item) => chosen.includes(item));
            setFilters({ status: wanted.length > 0 ? wanted : 'live' });
          }}
        />
      </FilterChip>
      <ManyChip
        label="Provider"
        options={options.connections}
        chosen={filters.connections.map(String)}
        onChange={(chosen) => setFilters({ connections: chosen.map(Number) })}
      />
      <ManyChip
        label="Team"
        options={options.teams}
        chosen={filters.teams.map(String)}
        onChange={(chosen) => setFilters({ teams: chosen.map(Number) })}
      />
      <ManyChip
        label="Owner"
        options={options.owners}
        chosen={filters.owners}
        onChange={(owners) => setFilters({ owners })}
      />
      <OneChip
        label="Unowned"
        options={unownedOptions}
        chosen={filters.unowned}
        text={unownedOptions.find(({ value }) => value === filters.unowned)?.label ?? null}
        onChoose={(value) =>
          setFilters({ unowned: unownedFilters.find((filter) => filter === value) ?? null })
        }
      />
      <OneChip
        label="Limit used"
        options={limitOptions}
        chosen={limit === null ? null : limit.kind === 'used' ? String(limit.percent) : limit.kind}
        text={limitText(limit)}
        onChoose={(value) => setFilters({ limit: value === null ? null : toLimit(value) })}
      />
      <OneChip
        label="Last used"
        options={idleOptions}
        chosen={idle}
        text={daysText(filters.idleDays, 'not for')}
        onChoose={(value) => setFilters({ idleDays: value === null ? null : Number(value) })}
      />
      <OneChip
        label="Expires"
        options={expiryOptions}
        chosen={expires}
        text={daysText(filters.expiresInDays, 'within')}
        onChoose={(value) => setFilters({ expiresInDays: value === null ? null : Number(value) })}
      />
      {options.hasRotations || filters.rotation !== null ? (
        <OneChip
          label="Rotation"
          options={rotationOptions}
          chosen={filters.rotation}
          text={rotationOptions.find(({ value }) => value === filters.rotation)?.label ?? null}
          onChoose={(value) =>
            setFilters({ rotation: rotationFilters.find((filter) => filter === value) ?? null })
          }
        />
      ) : null}
    </>
  );
});
