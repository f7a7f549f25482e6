'use client';

import { useState } from 'react';
import { CheckboxField } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';

export type FilterOption = { readonly value: string; readonly label: string };

const SEARCH_FROM = 9;
const MOST_SHOWN = 100;

export interface OptionListProps {
  options: readonly FilterOption[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any of several; with a search box once the list is long. */
export function OptionList({ options, chosen, onChange }: OptionListProps) {
  const [q, setQ] = useState('');
  const found = options.filter(({ label }) => label.toLowerCase().includes(q.trim().toLowerCase()));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value]);
  return (
    <div className="flex flex-col gap-2">
      {options.length >= SEARCH_FROM ? (
        <Input
          type="search"
          aria-label="Search in the list"
          placeholder="Search…"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      ) : null}
      {found.slice(0, MOST_SHOWN).map(({ value, label }) => (
        <CheckboxField
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onChange={() => toggle(value)}
        />
      ))}
      {found.length === 0 ? <p className="text-muted text-xs">Nothing is called that.</p> : null}
      {found.length > MOST_SHOWN ? (
        <p className="text-muted text-xs">{found.length - MOST_SHOWN} more: narrow the search.</p>
      ) : null}
    </div>
  );
}

export interface ChoiceListProps {
  label: string;
  options: readonly FilterOption[];
  chosen: string | null;
  onChoose: (value: string) => void;
}

/** One of a few; choosing is enough. */
export function ChoiceList({ label, options, chosen, onChoose }: ChoiceListProps) {
  return (
    <ul aria-label={label} className="-m-1.5 flex flex-col">
      {options.map(({ value, label: words }) => (
        <li key={value}>
          <button
            type="button"
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
            className="w-full rounded-control px-2 py-1.5 text-left hover:bg-sunk aria-pressed:font-semibold aria-pressed:text-accent"
          >
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}
