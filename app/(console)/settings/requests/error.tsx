'use client';

import { PageError, type PageErrorProps } from '@/components/layout/page-error';

export default function RulesError(props: PageErrorProps) {
  return <PageError page="Rules of asking" title="The rules of asking could not be loaded" {...props} />;
}
