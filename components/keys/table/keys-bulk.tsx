'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { Suspense, useMemo, useState } from 'react';
import type { KeysTable } from '@/lib/client/keys';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { BulkBar } from './bulk-bar';
import { useReturnFocus } from './use-return-focus';
import type { KeySelection } from './use-selection';

const BulkDialog = dynamic(() => import('../bulk/bulk-dialog').then((file) => file.BulkDialog));

export interface KeysBulkProps {
  table: KeysTable;
  shown: readonly KeyRow[];
  selection: KeySelection;
}

/** The bar of the selection and the dialog it opens; the selection reaches over what filters hide. */
export function KeysBulk({ table, shown, selection }: KeysBulkProps) {
  const router = useRouter();
  const [kind, setKind] = useState<BulkAction['kind'] | null>(null);
  const { remember, giveBack } = useReturnFocus();
  const selected = useMemo(
    () => (selection.ids.size === 0 ? [] : table.rows.filter(({ id }) => selection.ids.has(id))),
    [table.rows, selection.ids],
  );
  if (selected.length === 0 && kind === null) return null;
  const shownCount = shown.filter(({ id }) => selection.ids.has(id)).length;

  function close() {
    setKind(null);
    giveBack();
  }

  return (
    <>
      <BulkBar
        count={selected.length}
        hidden={selected.length - shownCount}
        shown={shown.length}
        isEveryShown={shownCount === shown.length}
        onSelectShown={() => selection.toggleAll(shown)}
        onClear={selection.clear}
        onBulk={(wanted) => {
          remember();
          setKind(wanted);
        }}
      />
      {kind ? (
        <Suspense fallback={null}>
          <BulkDialog
            kind={kind}
            rows={selected}
            onClose={close}
            onStarted={(runId) => router.push(`/keys/bulk/${runId}`)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
