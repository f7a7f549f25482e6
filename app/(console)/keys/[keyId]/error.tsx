'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface KeyErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function KeyError({ error, reset }: KeyErrorProps) {
  return (
    <PageFrame title="Key">
      <ErrorState
        title="This key could not be drawn"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed.
      </ErrorState>
    </PageFrame>
  );
}
