'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openChangesQuery } from '@/lib/client/changes';
import { ChangeCheck } from './change-check';

/** What is under way on a key or being checked, also after a reload; what was found stays until one leaves. */
export function OpenChanges({ keyId }: { keyId: number }) {
  const { data } = useQuery(openChangesQuery(keyId));
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (data === undefined || data.length === 0) return;
    setSeen((before) => new Map([...before, ...data.map(({ id, sentence }) => [id, sentence] as const)]));
  }, [data]);
  return [...seen].map(([id, sentence]) => <ChangeCheck key={id} changeId={id} said={sentence} />);
}
