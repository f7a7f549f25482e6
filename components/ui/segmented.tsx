'use client';

import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldGroup } from './field-context';

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: ReactNode;
  disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  options: readonly SegmentedOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  /** Leave out inside a `Field group`: its label names the group. */
  'aria-label'?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
}

/** One of a few, side by side; native radios, so arrows, forms and screen readers know it. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const ownName = useId();
  const group = useFieldGroup(props['aria-label']);
  const hasChoice = props.options.some(({ value, disabled }) => value === props.value && !disabled);
  return (
    <div
      role="radiogroup"
      {...group}
      className={cn(
        'inline-flex h-8 max-sm:h-9 w-fit max-w-full divide-x divide-line overflow-x-auto rounded-control border border-line-strong bg-panel',
        props.className,
      )}
    >
      {props.options.map((option) => (
        <label
          key={option.value}
          className="relative flex items-center whitespace-nowrap px-2.5 text-muted max-sm:px-2 text-sm first:rounded-l-[6px] last:rounded-r-[6px] hover:text-ink has-checked:bg-accent-soft has-checked:font-semibold has-checked:text-accent has-disabled:opacity-45 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-[-2px]"
        >
          <input
            type="radio"
            name={props.name ?? ownName}
            value={option.value}
            checked={props.value === option.value}
            // Whatever looks for the first stop of the Tab key finds the chosen one.
            tabIndex={hasChoice && props.value !== option.value ? -1 : undefined}
            onChange={() => props.onValueChange(option.value)}
            disabled={props.disabled || option.disabled}
            className="absolute inset-0 size-full appearance-none opacity-0"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
