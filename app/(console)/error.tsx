'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function ConsoleError(props: PageErrorProps) {
  return <PageError page="This page" title="This page could not be loaded" {...props} />;
}
