import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export const metadata: Metadata = { title: 'No such team' };

export default function TeamNotFound() {
  return (
    <PageFrame title="No such team">
      <EmptyState
        title="This team is not here"
        actions={
          <ButtonLink href="/teams" variant="primary">
            Show teams
          </ButtonLink>
        }
      >
        It was archived, never existed, or is not one of yours.
      </EmptyState>
    </PageFrame>
  );
}
