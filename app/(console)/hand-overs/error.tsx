'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function HandOversError(props: PageErrorProps) {
  return <PageError page="Hand-overs" title="The hand-overs could not be loaded" {...props} />;
}
