'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <PageFrame title="Webhooks">
      <ErrorState
        title="Webhooks could not be loaded"
        reference={error.digest}
        actions={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        Nothing was changed. The log of the server has the reason.
      </ErrorState>
    </PageFrame>
  );
}
