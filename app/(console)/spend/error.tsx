'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function SpendError(props: PageErrorProps) {
  return <PageError page="Spend" title="The spend could not be loaded" {...props} />;
}
