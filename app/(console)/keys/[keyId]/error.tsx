'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function KeyError(props: PageErrorProps) {
  return <PageError page="Key" title="This key could not be loaded" {...props} />;
}
