'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ConnectionsError({ error, retry }: ErrorPageProps) {
  return (
    <PageFrame title="Connections">
      <ErrorState
        reference={error.digest}
        actions={
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        }
      >
        Nothing was changed. The connections and their keys go on as they are.
      </ErrorState>
    </PageFrame>
  );
}
