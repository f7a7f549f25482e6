'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function WebhooksError(props: PageErrorProps) {
  return <PageError page="Webhooks" title="Webhooks could not be loaded" {...props} />;
}
