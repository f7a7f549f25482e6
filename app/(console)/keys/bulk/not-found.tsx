import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export const metadata: Metadata = { title: 'No such bulk change' };

export default function BulkRunNotFound() {
  return (
    <PageFrame title="No such bulk change">
      <EmptyState
        title="This bulk change is not here"
        actions={
          <ButtonLink href="/keys/bulk" variant="primary">
            Show bulk changes
          </ButtonLink>
        }
      >
        Its address may be incomplete.
      </EmptyState>
    </PageFrame>
  );
}
