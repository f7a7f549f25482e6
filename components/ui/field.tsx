'use client';

import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/utils/cn';
import { FieldContext } from './field-context';
import { Label } from './label';

export interface FieldProps {
  label: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Set for a group (radio group, segmented): the label then names the group. */
  group?: boolean;
  required?: boolean;
  /** Written after the label: "optional". */
  note?: string;
  hideLabel?: boolean;
  className?: string;
}

/** Label, control, hint and error, tied together for the eye and for assistive technology. */
export function Field({
  label,
  children,
  hint,
  error,
  group,
  required,
  note,
  hideLabel,
  className,
}: FieldProps) {
  const id = useId();
  const labelId = `${id}-label`;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const hasError = error !== undefined && error !== null && error !== false && error !== '';
  const describedBy =
    [hasError ? errorId : null, hint ? hintId : null].filter(Boolean).join(' ') || undefined;
  const caption = (
    <>
      {label}
      {note ? <span> · {note}</span> : null}
    </>
  );
  const labelClass = hideLabel ? 'sr-only' : undefined;

  return (
    <FieldContext
      value={{
        controlId: `${id}-control`,
        labelId,
        describedBy,
        isInvalid: hasError,
        isRequired: required === true,
      }}
    >
      <div className={cn('flex min-w-0 flex-col gap-1', className)}>
        {group ? (
          <span id={labelId} className={cn('text-muted text-xs', labelClass)}>
            {caption}
          </span>
        ) : (
          <Label id={labelId} htmlFor={`${id}-control`} className={labelClass}>
            {caption}
          </Label>
        )}
        {children}
        {hint ? (
          <p id={hintId} className="text-muted text-xs">
            {hint}
          </p>
        ) : null}
        {hasError ? (
          <p id={errorId} className="font-medium text-bad text-xs">
            {error}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
