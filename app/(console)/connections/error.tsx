'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function ConnectionsError(props: PageErrorProps) {
  return <PageError page="Connections" title="The connections could not be loaded" {...props} />;
}
