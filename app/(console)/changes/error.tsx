'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function ChangesError(props: PageErrorProps) {
  return <PageError page="Changes" title="The changes could not be loaded" {...props} />;
}
