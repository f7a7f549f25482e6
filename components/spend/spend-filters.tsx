'use client';

import { CheckboxField } from '@/components/ui/checkbox';
import { FilterChip } from '@/components/ui/filter-chip';
import type { SpendControls } from './use-spend-choice';

export interface SpendFilterOption {
  id: number;
  label: string;
}

interface ChoiceChipProps {
  label: string;
  options: readonly SpendFilterOption[];
  chosen: readonly number[];
  onChange: (ids: readonly number[]) => void;
}

function ChoiceChip({ label, options, chosen, onChange }: ChoiceChipProps) {
  const names = options.filter(({ id }) => chosen.includes(id)).map((option) => option.label);
  const value = names.length > 2 ? `${names.length} chosen` : names.join(', ');
  if (options.length < 2 && chosen.length === 0) return null;
  return (
    <FilterChip
      label={label}
      value={chosen.length > 0 ? value || 'unknown' : null}
      onClear={() => onChange([])}
    >
      <fieldset className="m-0 flex max-h-72 flex-col gap-2 overflow-y-auto border-0 p-0.5">
        <legend className="sr-only">{label}</legend>
        {options.map((option) => (
          <CheckboxField
            key={option.id}
            label={option.label}
            checked={chosen.includes(option.id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))
            }
          />
        ))}
      </fieldset>
    </FilterChip>
  );
}

export interface SpendFiltersProps {
  controls: SpendControls;
  connections: readonly SpendFilterOption[];
  teams: readonly SpendFilterOption[];
}

export function SpendFilters({ controls, connections, teams }: SpendFiltersProps) {
  return (
    <>
      <ChoiceChip
        label="Connection"
        options={connections}
        chosen={controls.query.connections}
        onChange={controls.chooseConnections}
      />
      <ChoiceChip
        label="Team"
        options={teams}
        chosen={controls.query.teams}
        onChange={controls.chooseTeams}
      />
    </>
  );
}
