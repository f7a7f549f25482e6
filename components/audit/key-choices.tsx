'use client';

import { useQuery } from '@tanstack/react-query';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { keysTableQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { keyStatusWords } from '@/lib/domain/keys/key-status';
import { type Choice, ChoiceList } from './choice-list';

/** Every key to choose from, gone and deleted ones too; the table is read when this opens. */
export function KeyChoices({ onChoose }: { onChoose: (choice: Choice) => void }) {
  const { data, error } = useQuery({ ...keysTableQuery, refetchInterval: false });
  if (error) return <Notice tone="bad">{outcomeErrorOf(error).message}</Notice>;
  if (!data) return <Skeleton className="h-24" />;
  const choices = data.rows.map(({ id, name, connection, status }) => ({
    id: String(id),
    label: name,
    detail: `${connection.name} · ${keyStatusWords[status].label}`,
  }));
  return <ChoiceList label="Keys" choices={choices} onChoose={onChoose} emptyText="No key has this name." />;
}
