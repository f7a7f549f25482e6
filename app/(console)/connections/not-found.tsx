import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export const metadata: Metadata = { title: 'No such connection' };

export default function ConnectionNotFound() {
  return (
    <PageFrame title="No such connection">
      <EmptyState
        title="There is no such connection"
        actions={<ButtonLink href="/connections">See all connections</ButtonLink>}
      >
        It was removed, or the address is wrong. What it read stays in the history of keys and spend.
      </EmptyState>
    </PageFrame>
  );
}
