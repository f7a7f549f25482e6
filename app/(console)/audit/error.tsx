'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function AuditError(props: PageErrorProps) {
  return <PageError page="Audit" title="The audit log could not be loaded" {...props} />;
}
