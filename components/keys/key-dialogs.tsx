'use client';

import dynamic from 'next/dynamic';
import { Suspense } from 'react';
import type { KeyRow, KeysTableWire } from '@/lib/domain/keys/keys-table';

/** Which dialog stands open, and for which key. */
export type KeyDialog =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'limit' | 'rename' | 'delete' | 'labels' | 'expiry' | 'assign' | 'rotate';
      readonly row: KeyRow;
    }
  | null;

const CreateKeyDialog = dynamic(() => import('./create-key-dialog').then((file) => file.CreateKeyDialog));
const EditLimitSheet = dynamic(() => import('./edit-limit-sheet').then((file) => file.EditLimitSheet));
const RenameKeyDialog = dynamic(() => import('./rename-key-dialog').then((file) => file.RenameKeyDialog));
const DeleteKeyDialog = dynamic(() => import('./delete-key-dialog').then((file) => file.DeleteKeyDialog));
const KeyExpiryDialog = dynamic(() => import('./key-expiry-dialog').then((file) => file.KeyExpiryDialog));
const KeyLabelsDialog = dynamic(() => import('./key-labels-dialog').then((file) => file.KeyLabelsDialog));
const AssignKeyDialog = dynamic(() => import('./assign-key-dialog').then((file) => file.AssignKeyDialog));
const RotateDialog = dynamic(() => import('./rotation/rotate-dialog').then((file) => file.RotateDialog));

interface KeyDialogsProps {
  dialog: KeyDialog;
  onClose: () => void;
  table: Pick<KeysTableWire, 'connections' | 'containers' | 'binds'>;
}

function OpenDialog({ dialog, onClose, table }: KeyDialogsProps) {
  if (dialog === null) return null;
  if (dialog.kind === 'create') {
    return (
      <CreateKeyDialog connections={table.connections} containers={table.containers} onClose={onClose} />
    );
  }
  const props = { row: dialog.row, onClose };
  switch (dialog.kind) {
    case 'limit':
      return <EditLimitSheet {...props} binds={table.binds} />;
    case 'rename':
      return <RenameKeyDialog {...props} />;
    case 'delete':
      return <DeleteKeyDialog {...props} />;
    case 'labels':
      return <KeyLabelsDialog {...props} />;
    case 'expiry':
      return <KeyExpiryDialog {...props} />;
    case 'rotate':
      return <RotateDialog {...props} />;
    case 'assign':
      return <AssignKeyDialog {...props} />;
  }
}

/** Every dialog of a key; each is loaded when it is first opened, while the page stays as it is. */
export function KeyDialogs(props: KeyDialogsProps) {
  return (
    <Suspense fallback={null}>
      <OpenDialog {...props} />
    </Suspense>
  );
}
