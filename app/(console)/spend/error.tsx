'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface SpendErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function SpendError({ error, reset }: SpendErrorProps) {
  return (
    <PageFrame title="Spend">
      <ErrorState
        title="The spend page could not be drawn"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed.
      </ErrorState>
    </PageFrame>
  );
}
