'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function TeamsError(props: PageErrorProps) {
  return <PageError page="Teams" title="The teams could not be loaded" {...props} />;
}
