import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';

export default function RequestNotFound() {
  return (
    <PageFrame title="Not found">
      <EmptyState
        title="This request or key is not here"
        actions={
          <ButtonLink href="/requests" variant="primary">
            Show requests
          </ButtonLink>
        }
      >
        Its address may be incomplete, or it belongs to another team.
      </EmptyState>
    </PageFrame>
  );
}
