import type { ComponentProps, ReactNode } from 'react';

export interface PopoverProps {
  /** Its name: it is a small dialog. */
  label: string;
  /** The button that opens it. */
  button: ComponentProps<'button'>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
  /** Leaves the focus on the button when it opens. */
  keepsFocus?: boolean;
}
