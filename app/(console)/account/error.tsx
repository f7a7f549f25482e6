'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function AccountError(props: PageErrorProps) {
  return <PageError page="My account" title="Your account could not be loaded" {...props} />;
}
