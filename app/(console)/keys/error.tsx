'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function KeysError(props: PageErrorProps) {
  return <PageError page="Keys" title="The keys could not be loaded" {...props} />;
}
