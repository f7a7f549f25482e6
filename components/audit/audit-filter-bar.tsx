'use client';

import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/filter-chip';
import { hasAuditFilters, SYSTEM_ACTOR } from '@/lib/domain/audit/audit-filters';
import type { AuditChoices } from '@/lib/domain/audit/audit-view';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { formatDayRange, formatDayYear } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { auditActionText } from '@/lib/words/audit-words';
import { ActionChoices } from './action-choices';
import { ChoiceList } from './choice-list';
import { type DayBounds, DayChoices } from './day-choices';
import { KeyChoices } from './key-choices';
import { useAuditFilters } from './use-audit-filters';

interface AuditFilterBarProps {
  choices: AuditChoices;
  /** The name of the key that the address names. */
  keyName: string | null;
  today: UtcDay;
}

function dayText({ from, to }: DayBounds): string | null {
  if (from && to) return formatDayRange(from, to);
  if (from) return `from ${formatDayYear(from)}`;
  return to ? `to ${formatDayYear(to)}` : null;
}

function actionText(actions: readonly string[]): string | null {
  const [first] = actions;
  if (first === undefined) return null;
  return actions.length === 1 ? auditActionText(first) : formatPlural(actions.length, 'action');
}

/** Person, key, action and date; all in the address. */
export function AuditFilterBar({ choices, keyName, today }: AuditFilterBarProps) {
  const { filters, change, clear, isPending } = useAuditFilters();
  const people = [{ id: SYSTEM_ACTOR, label: 'Keyward itself' }].concat(
    choices.people.map(({ id, name }) => ({ id, label: name })),
  );
  const person = people.find(({ id }) => id === filters.person)?.label ?? filters.person;
  return (
    <fieldset aria-busy={isPending} className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Filters</legend>
      <FilterChip label="Person" value={person} onClear={() => change({ person: null })}>
        {(close) => (
          <ChoiceList
            label="People"
            choices={people}
            onChoose={({ id }) => {
              change({ person: id });
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip
        label="Key"
        value={filters.keyId === null ? null : (keyName ?? `no key ${filters.keyId}`)}
        onClear={() => change({ keyId: null })}
      >
        {(close) => (
          <KeyChoices
            onChoose={({ id }) => {
              change({ keyId: Number(id) });
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip label="Action" value={actionText(filters.actions)} onClear={() => change({ actions: [] })}>
        <ActionChoices
          actions={choices.actions}
          chosen={filters.actions}
          onChange={(actions) => change({ actions })}
        />
      </FilterChip>
      <FilterChip label="Date" value={dayText(filters)} onClear={() => change({ from: null, to: null })}>
        {(close) => (
          <DayChoices
            value={filters}
            today={today}
            onChoose={(bounds) => {
              change(bounds);
              close();
            }}
          />
        )}
      </FilterChip>
      {hasAuditFilters(filters) ? (
        <Button variant="ghost" size="sm" onClick={clear}>
          Clear all
        </Button>
      ) : null}
      <span role="status" className="text-muted text-xs">
        {isPending ? 'Loading…' : null}
      </span>
    </fieldset>
  );
}
