'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface KeysErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function KeysError({ error, reset }: KeysErrorProps) {
  return (
    <PageFrame title="Keys">
      <ErrorState
        title="The keys page could not be drawn"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed.
      </ErrorState>
    </PageFrame>
  );
}
