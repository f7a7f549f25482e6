import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export const metadata: Metadata = { title: 'No such key' };

export default function KeyNotFound() {
  return (
    <PageFrame title="No such key">
      <EmptyState
        title="This key is not here"
        actions={
          <ButtonLink href="/keys" variant="primary">
            Show keys
          </ButtonLink>
        }
      >
        It never existed, or it belongs to a team that is not yours.
      </EmptyState>
    </PageFrame>
  );
}
