import type { ReactNode } from 'react';

export interface PickUpMessageProps {
  title: string;
  children: ReactNode;
}

/** All that a link says that gives nothing out. */
export function PickUpMessage({ title, children }: PickUpMessageProps) {
  return (
    <div role="status">
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="mt-1 text-muted text-sm">{children}</p>
    </div>
  );
}
