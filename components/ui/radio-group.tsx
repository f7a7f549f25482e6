'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldGroup } from './field-context';

interface RadioState {
  name: string;
  value: string;
  onValueChange: (value: string) => void;
  disabled: boolean;
}

const RadioContext = createContext<RadioState | null>(null);

export interface RadioGroupProps {
  value: string;
  onValueChange: (value: string) => void;
  children: ReactNode;
  /** Leave out inside a `Field group`: its label names the group. */
  'aria-label'?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
}

export function RadioGroup({
  value,
  onValueChange,
  children,
  name,
  disabled = false,
  className,
  'aria-label': ariaLabel,
}: RadioGroupProps) {
  const ownName = useId();
  const group = useFieldGroup(ariaLabel);
  return (
    <RadioContext value={{ name: name ?? ownName, value, onValueChange, disabled }}>
      <div role="radiogroup" {...group} className={cn('flex flex-col gap-2', className)}>
        {children}
      </div>
    </RadioContext>
  );
}

export interface RadioOptionProps {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
  /** Shown under the option, for what belongs to it alone. */
  children?: ReactNode;
}

export function RadioOption({ value, label, hint, disabled, children }: RadioOptionProps) {
  const id = useId();
  const group = useContext(RadioContext);
  if (!group) throw new Error('RadioOption stands outside a RadioGroup');
  return (
    <div className="flex items-start gap-2">
      <input
        type="radio"
        id={id}
        name={group.name}
        value={value}
        checked={group.value === value}
        onChange={() => group.onValueChange(value)}
        disabled={disabled || group.disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-3.5 shrink-0 appearance-none rounded-full border border-edge bg-panel checked:border-[4px] checked:border-accent disabled:opacity-45"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="block text-sm">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-muted text-xs">
            {hint}
          </p>
        ) : null}
        {children}
      </div>
    </div>
  );
}
