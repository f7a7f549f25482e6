'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function MembersError(props: PageErrorProps) {
  return <PageError page="Members" title="The members could not be loaded" {...props} />;
}
