'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function DriftError(props: PageErrorProps) {
  return <PageError page="Drift" title="What was changed outside could not be loaded" {...props} />;
}
