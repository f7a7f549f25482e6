import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { BulkItemView } from '@/lib/domain/bulk/bulk-view';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { BulkChange } from './bulk-change';
import { bulkItemWords } from './bulk-words';

interface BulkRunRowsProps {
  rows: readonly BulkItemView[];
  people: Assignees | undefined;
  /** Another page is on its way. */
  isOld: boolean;
}

function ItemRow({ row, people }: { row: BulkItemView; people: Assignees | undefined }) {
  const words = bulkItemWords[row.state];
  return (
    <Tr>
      <Td label="Key">
        <div className="min-w-0 leading-[17px]">
          <Link
            href={`/keys/${row.keyId}`}
            prefetch={false}
            className="rounded-tag font-medium [overflow-wrap:anywhere] hover:underline"
          >
            {row.keyName}
          </Link>
          <span className="block text-muted text-xs">{row.connectionName}</span>
        </div>
      </Td>
      <Td label="Change">
        {row.wish === null ? (
          <span className="text-muted">none</span>
        ) : (
          <BulkChange before={row.before} wish={row.wish} people={people} />
        )}
      </Td>
      <Td label="Outcome">
        <Badge tone={words.tone}>{words.label}</Badge>
      </Td>
      <Td label="What is known" className="text-muted text-xs [overflow-wrap:anywhere] sm:max-w-96">
        {row.message}
      </Td>
    </Tr>
  );
}

/** What became of each key, with the provider's own words where it had any. */
export function BulkRunRows({ rows, people, isOld }: BulkRunRowsProps) {
  if (rows.length === 0) {
    return (
      <p className="rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">No key is there now.</p>
    );
  }
  return (
    <Table aria-label="Keys of this change" aria-busy={isOld} cards>
      <THead>
        <Tr>
          <Th>Key</Th>
          <Th>Before and after</Th>
          <Th>Outcome</Th>
          <Th>What is known</Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map((row) => (
          <ItemRow key={row.position} row={row} people={people} />
        ))}
      </TBody>
    </Table>
  );
}
