'use client';

import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';
import { PageFrame } from './page-frame';

/** What Next hands to an `error.tsx`. `retry` asks the server again; `reset` would only draw the same failure. */
export interface PageErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

interface PageErrorFrameProps extends PageErrorProps {
  /** The page's own title. */
  page: string;
  title: string;
}

/** A page that could not be drawn, with the way to try again. */
export function PageError({ page, title, error, retry }: PageErrorFrameProps) {
  return (
    <PageFrame title={page}>
      <ErrorState
        title={title}
        reference={error.digest}
        actions={
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        }
      >
        Nothing was changed. The log of the server has the reason.
      </ErrorState>
    </PageFrame>
  );
}
