import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

/** Before the first connection: what will be here, and the first step. */
export function OverviewEmpty({ canConnect }: { canConnect: boolean }) {
  return (
    <EmptyState
      title="Start with a connection"
      actions={
        canConnect ? (
          <ButtonLink href="/connections/new" variant="primary">
            Add a connection
          </ButtonLink>
        ) : null
      }
    >
      {canConnect
        ? 'Give Keyward the management key of your OpenRouter or Requesty account. It reads every key and what each has spent, and then shows here where the month will end and what needs you.'
        : 'Once an admin adds a connection, this page shows what was spent this month, where it will end, and which keys need a look.'}
    </EmptyState>
  );
}
