'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { addDays, parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';

export type DayBounds = { readonly from: UtcDay | null; readonly to: UtcDay | null };

interface DayChoicesProps {
  value: DayBounds;
  today: UtcDay;
  onChoose: (bounds: DayBounds) => void;
}

/** A range of UTC days, open at either end. */
export function DayChoices({ value, today, onChoose }: DayChoicesProps) {
  const [from, setFrom] = useState<string>(value.from ?? '');
  const [to, setTo] = useState<string>(value.to ?? '');
  const presets = [
    ['Today', today],
    ['7 d', addDays(today, -6)],
    ['30 d', addDays(today, -29)],
  ] as const;

  function apply() {
    const [first, last] = [parseUtcDay(from), parseUtcDay(to)];
    const isTurned = first !== null && last !== null && last < first;
    onChoose(isTurned ? { from: last, to: first } : { from: first, to: last });
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="flex gap-2">
        {presets.map(([label, day]) => (
          <Button key={label} size="sm" onClick={() => onChoose({ from: day, to: null })}>
            {label}
          </Button>
        ))}
      </div>
      <Field label="From">
        <Input type="date" value={from} max={today} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label="To" hint="UTC days, both included.">
        <Input type="date" value={to} max={today} onChange={(event) => setTo(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary">
        Show these days
      </Button>
    </form>
  );
}
