'use client';

import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

interface ConsoleErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ConsoleError({ error, reset }: ConsoleErrorProps) {
  return (
    <PageFrame title="This page">
      <ErrorState
        title="The page could not be drawn"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed.
      </ErrorState>
    </PageFrame>
  );
}
