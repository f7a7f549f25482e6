import type { ComponentProps } from 'react';

/** Words for a screen reader alone. */
export function VisuallyHidden(props: Omit<ComponentProps<'span'>, 'className'>) {
  return <span {...props} className="sr-only" />;
}
