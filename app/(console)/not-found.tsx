import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PageFrame title="Nothing is here">
      <EmptyState
        title="There is no page at this address"
        actions={
          <ButtonLink href="/" variant="primary">
            Go to the overview
          </ButtonLink>
        }
      >
        The address is wrong, or what it showed is gone.
      </EmptyState>
    </PageFrame>
  );
}
