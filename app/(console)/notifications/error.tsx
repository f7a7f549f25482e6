'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function NotificationsError(props: PageErrorProps) {
  return <PageError page="Notifications" title="Your notifications could not be loaded" {...props} />;
}
