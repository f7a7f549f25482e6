'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';

/** The native checkbox carries `aria-checked` itself. */
const switchRole = { role: 'switch' } as const;

/** On or off, at once. Give it `aria-label`, or use `SwitchField`. */
export function Switch({ className, ...props }: Omit<ComponentProps<'input'>, 'type' | 'role'>) {
  const control = useFieldControl(props);
  return (
    <span className={cn('relative inline-flex h-4.5 w-8 shrink-0', className)}>
      <input
        {...props}
        {...control}
        type="checkbox"
        {...switchRole}
        className="peer size-full appearance-none rounded-full border border-edge bg-sunk transition-colors checked:border-accent checked:bg-accent disabled:opacity-45"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-edge transition-transform peer-checked:translate-x-3.5 peer-checked:bg-on-accent"
      />
    </span>
  );
}

export interface SwitchFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'role'> {
  label: ReactNode;
  hint?: ReactNode;
}

export function SwitchField({ label, hint, className, ...props }: SwitchFieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Switch inside
    <label className={cn('flex items-start justify-between gap-4 text-sm', className)}>
      <span>
        {label}
        {hint ? <span className="block text-muted text-xs">{hint}</span> : null}
      </span>
      <Switch {...props} className="mt-px" />
    </label>
  );
}
