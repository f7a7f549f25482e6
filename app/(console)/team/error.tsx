'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function MyTeamError(props: PageErrorProps) {
  return <PageError page="My team" title="Your team could not be loaded" {...props} />;
}
