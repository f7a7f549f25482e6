'use client';

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { SkeletonTable } from '@/components/ui/skeleton';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeysTableConnection } from '@/lib/domain/keys/keys-table';
import type { KeysAbilities } from './table-context';

export function KeysLoading() {
  return <SkeletonTable rows={12} label="Keys are loading" />;
}

export function KeysFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message, ref } = outcomeErrorOf(error);
  return (
    <ErrorState
      title={code === 'signed_out' ? 'Your session has ended' : 'The keys could not be loaded'}
      reference={ref}
      actions={
        code === 'signed_out' ? (
          <ButtonLink href="/sign-in?next=%2Fkeys" variant="primary">
            Sign in
          </ButtonLink>
        ) : (
          <Button onClick={onRetry}>Try again</Button>
        )
      }
    >
      {message}
    </ErrorState>
  );
}

export interface NoKeysProps {
  connections: readonly KeysTableConnection[];
  can: KeysAbilities;
  onCreate: () => void;
}

/** Nothing to show at all: the first step depends on how far things are. */
export function NoKeys({ connections, can, onCreate }: NoKeysProps) {
  const present = connections.filter(({ state }) => state !== 'removed');
  if (present.length === 0 && can.connect) {
    return (
      <EmptyState
        title="Connect a provider first"
        actions={
          <ButtonLink href="/connections" variant="primary">
            Add a connection
          </ButtonLink>
        }
      >
        Every key held there will be listed here, with its owner, spend and limit.
      </EmptyState>
    );
  }
  if (present.length > 0 && present.every(({ readAt }) => readAt === null)) {
    return (
      <EmptyState title="Keys are being read">
        The first read of {present.map(({ name }) => name).join(' and ')} has not ended yet. Keys appear here
        by themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No keys yet"
      actions={
        can.create ? (
          <Button variant="primary" onClick={onCreate}>
            Create key
          </Button>
        ) : null
      }
    >
      {can.create
        ? 'Create the first one here, or at the provider: it will show up with the next read.'
        : 'Keys within your reach will be listed here. An admin assigns keys to teams.'}
    </EmptyState>
  );
}

export function NoMatch({ total, onClear }: { total: number; onClear: () => void }) {
  return (
    <EmptyState title="No key matches" actions={<Button onClick={onClear}>Clear filters</Button>}>
      None of the {total} keys within your reach fits these filters.
    </EmptyState>
  );
}
