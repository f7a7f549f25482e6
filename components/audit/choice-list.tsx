'use client';

import { useState } from 'react';
import { Input } from '@/components/ui/input';

export interface Choice {
  id: string;
  label: string;
  detail?: string;
}

interface ChoiceListProps {
  label: string;
  choices: readonly Choice[];
  onChoose: (choice: Choice) => void;
  /** What stands there while nothing fits. */
  emptyText?: string;
}

const MOST_SHOWN = 30;
const SEARCHED_FROM = 8;

/** A short list to choose one from; a long one can be searched. */
export function ChoiceList({ label, choices, onChoose, emptyText = 'Nothing fits.' }: ChoiceListProps) {
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const found = wanted
    ? choices.filter((choice) => `${choice.label} ${choice.detail ?? ''}`.toLowerCase().includes(wanted))
    : choices;
  return (
    <div className="flex flex-col gap-2">
      {choices.length > SEARCHED_FROM ? (
        <Input
          type="search"
          aria-label={`Search ${label}`}
          placeholder="Search…"
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : null}
      {found.length === 0 ? <p className="px-1 text-muted text-sm">{emptyText}</p> : null}
      <ul aria-label={label} className="max-h-64 overflow-y-auto">
        {found.slice(0, MOST_SHOWN).map((choice) => (
          <li key={choice.id}>
            <button
              type="button"
              onClick={() => onChoose(choice)}
              className="flex w-full flex-col rounded-control px-2 py-1.5 text-left text-sm hover:bg-sunk focus-visible:outline-offset-[-2px]"
            >
              <span className="break-words">{choice.label}</span>
              {choice.detail ? <span className="text-muted text-xs">{choice.detail}</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN ? (
        <p className="px-1 text-muted text-xs">{found.length - MOST_SHOWN} more: search to narrow down.</p>
      ) : null}
    </div>
  );
}
