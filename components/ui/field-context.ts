'use client';

import { createContext, useContext } from 'react';

export interface FieldControl {
  controlId: string;
  labelId: string;
  describedBy: string | undefined;
  isInvalid: boolean;
  isRequired: boolean;
}

export const FieldContext = createContext<FieldControl | null>(null);

interface ControlProps {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined;
  'aria-required'?: boolean | 'true' | 'false' | undefined;
}

/** Ties a control to the label, hint and error of the `Field` around it; what the caller set stays. */
export function useFieldControl(props: ControlProps): ControlProps {
  const field = useContext(FieldContext);
  if (!field) return {};
  const described = [props['aria-describedby'], field.describedBy].filter(Boolean).join(' ');
  return {
    id: props.id ?? field.controlId,
    'aria-describedby': described || undefined,
    'aria-invalid': props['aria-invalid'] ?? (field.isInvalid || undefined),
    'aria-required': props['aria-required'] ?? (field.isRequired || undefined),
  };
}

/** The same for a group of controls, which is named by the label instead of being its target. */
export function useFieldGroup(ariaLabel: string | undefined): {
  'aria-label'?: string | undefined;
  'aria-labelledby'?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
} {
  const field = useContext(FieldContext);
  if (!field || ariaLabel) return { 'aria-label': ariaLabel };
  return {
    'aria-labelledby': field.labelId,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.isInvalid || undefined,
  };
}
