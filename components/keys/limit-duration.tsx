'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import type { Limit } from '@/lib/domain/limits/limit';
import { limitText } from '@/lib/words/limit-words';

/** How long a limit is to hold: for good, or through a UTC day. */
export type LimitDuration = { readonly kind: 'good' | 'until'; readonly day: string };

export const FOR_GOOD: LimitDuration = { kind: 'good', day: '' };

interface LimitDurationFieldsProps {
  value: LimitDuration;
  onChange: (value: LimitDuration) => void;
  /** What the key goes back to. */
  base: Limit;
  /** A raise holds already. */
  isRaised: boolean;
  error?: string | undefined;
}

/** A raise can end by itself: the way that nobody has to remember. */
export function LimitDurationFields({ value, onChange, base, isRaised, error }: LimitDurationFieldsProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field group label="For how long">
        <Segmented
          value={value.kind}
          onValueChange={(kind) => onChange({ ...value, kind })}
          options={[
            { value: 'good', label: isRaised ? 'For good, below the raise' : 'For good' },
            { value: 'until', label: isRaised ? 'Another raise, until a date' : 'Until a date' },
          ]}
        />
      </Field>
      {value.kind === 'until' ? (
        <Field
          label="Last day"
          hint={`At 23:59 UTC the limit goes back to ${limitText(base)} by itself.`}
          error={error}
          className="w-60"
        >
          <Input
            type="date"
            value={value.day}
            onChange={(event) => onChange({ ...value, day: event.target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
