'use client';

import { Check, Minus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'ref'> {
  /** Some but not all of what it stands for. */
  indeterminate?: boolean;
}

/** A bare box: give it `aria-label`, or use `CheckboxField`. */
export function Checkbox({ indeterminate = false, className, ...props }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  const control = useFieldControl(props);

  useEffect(() => {
    if (ref.current) ref.current.indeterminate = indeterminate;
  }, [indeterminate]);

  return (
    <span className={cn('relative inline-flex size-3.5 shrink-0 align-middle', className)}>
      <input
        {...props}
        {...control}
        ref={ref}
        type="checkbox"
        className="peer size-full appearance-none rounded-[4px] border border-edge bg-panel checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-45 after:absolute after:-inset-1.5 after:content-['']"
      />
      <Check
        aria-hidden="true"
        strokeWidth={3.5}
        className="pointer-events-none absolute inset-0 m-auto hidden size-2.5 text-on-accent peer-checked:block peer-indeterminate:hidden"
      />
      <Minus
        aria-hidden="true"
        strokeWidth={3.5}
        className="pointer-events-none absolute inset-0 m-auto hidden size-2.5 text-on-accent peer-indeterminate:block"
      />
    </span>
  );
}

export interface CheckboxFieldProps extends CheckboxProps {
  label: ReactNode;
  hint?: ReactNode;
}

export function CheckboxField({ label, hint, className, ...props }: CheckboxFieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Checkbox inside
    <label className={cn('flex items-start gap-2 text-sm', className)}>
      <Checkbox {...props} className="mt-[3px]" />
      <span>
        {label}
        {hint ? <span className="block text-muted text-xs">{hint}</span> : null}
      </span>
    </label>
  );
}
