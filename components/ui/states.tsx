import { CircleAlert, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';

interface StateFrameProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  className?: string;
  role?: 'alert' | 'status';
}

function StateFrame({ title, children, actions, icon, className, role }: StateFrameProps) {
  return (
    <section
      role={role}
      aria-label={title}
      className={cn(
        'flex flex-col items-center rounded-panel border border-line bg-panel px-6 py-14 text-center',
        className,
      )}
    >
      {icon ? (
        <span aria-hidden="true" className="mb-3 text-muted [&>svg]:size-5">
          {icon}
        </span>
      ) : null}
      <h2 className="font-semibold text-base">{title}</h2>
      {children ? <div className="mt-1 max-w-[46ch] text-muted text-sm">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </section>
  );
}

export interface EmptyStateProps {
  title: string;
  /** What will be here, and how it gets here. */
  children?: ReactNode;
  /** The first step. */
  actions?: ReactNode;
  icon?: ReactNode;
  className?: string;
}

export function EmptyState(props: EmptyStateProps) {
  return <StateFrame {...props} />;
}

export interface ErrorStateProps {
  title?: string;
  children?: ReactNode;
  /** What support can look up in the log. */
  reference?: string | undefined;
  actions?: ReactNode;
  className?: string;
}

export function ErrorState({
  title = 'This could not be loaded',
  children,
  reference,
  actions,
  className,
}: ErrorStateProps) {
  return (
    <StateFrame
      title={title}
      role="alert"
      icon={<CircleAlert className="text-bad" />}
      actions={actions}
      className={className ?? ''}
    >
      {children}
      {reference ? (
        <p className="mt-2 text-xs">
          Reference <code className="font-mono">{reference}</code>
        </p>
      ) : null}
    </StateFrame>
  );
}

export interface NoPermissionStateProps {
  title?: string;
  /** Who can open it. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function NoPermissionState({ title = 'Not open to your role', ...props }: NoPermissionStateProps) {
  return <StateFrame {...props} title={title} icon={<Lock />} />;
}
