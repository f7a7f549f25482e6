'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function RequestsError(props: PageErrorProps) {
  return <PageError page="Requests" title="The requests could not be loaded" {...props} />;
}
