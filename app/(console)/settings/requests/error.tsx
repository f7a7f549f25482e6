'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface PageErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function PageError({ error, reset }: PageErrorProps) {
  return (
    <PageFrame title="Rules of asking">
      <ErrorState
        title="This page could not be drawn"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed.
      </ErrorState>
    </PageFrame>
  );
}
