'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { assigneesQuery } from '@/lib/client/keys';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import type { BulkPreview } from '@/lib/domain/bulk/bulk-view';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { BulkFields } from './bulk-fields';
import { BulkPreviewList } from './bulk-preview-list';
import { bulkKindWords } from './bulk-words';
import { useBulkPlan } from './use-bulk-plan';

const explains: Record<BulkAction['kind'], string> = {
  set_limit: 'Takes effect at the providers, one key after another. Each change stands in the audit log.',
  disable: 'Takes effect at the providers, one key after another. It can be put back.',
  enable: 'Takes effect at the providers, one key after another. It can be put back.',
  assign: 'Teams and owners are kept in Keyward; nothing changes at the providers.',
  delete:
    'What can be disabled is disabled now and deleted after the grace period: until then it can be put back. The rest is deleted at once, for good.',
};

function summary({ changes, skipped }: BulkPreview): string {
  const rest = skipped > 0 ? `, ${formatCount(skipped)} skipped` : '';
  return changes === 0 ? `No key will change${rest}.` : `${formatPlural(changes, 'key')} will change${rest}.`;
}

function InUseNotice({ kind, preview }: { kind: BulkAction['kind']; preview: BulkPreview }) {
  if (preview.inUse === 0 || (kind !== 'delete' && kind !== 'disable')) return null;
  return (
    <Notice tone={kind === 'delete' ? 'bad' : 'warn'} title={`${formatPlural(preview.inUse, 'key')} in use.`}>
      Whatever runs on {preview.inUse === 1 ? 'it' : 'them'} will fail.
    </Notice>
  );
}

interface BulkDialogProps {
  kind: BulkAction['kind'];
  rows: readonly KeyRow[];
  onClose: () => void;
  /** It runs, whether anyone looks or not. */
  onStarted: (runId: string) => void;
}

/** The wish for many keys, what it would do to each, and its start. */
export function BulkDialog({ kind, rows: liveRows, onClose, onStarted }: BulkDialogProps) {
  // What is previewed is what runs: a refetch behind the dialog changes neither.
  const [rows] = useState(liveRows);
  const keyIds = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { data: people } = useQuery({ ...assigneesQuery, enabled: kind === 'assign' });
  const plan = useBulkPlan(kind, keyIds);
  const { preview, startError } = plan;
  const words = bulkKindWords[kind];
  const isLoading = preview === null && plan.fault === null && plan.previewError === null && !plan.isFresh;

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || plan.isStarting ? undefined : onClose())}>
      <DialogContent size="lg">
        <DialogHeader
          title={`${words.title} · ${formatPlural(rows.length, 'key')}`}
          description={explains[kind]}
        />
        <DialogBody>
          <BulkFields
            kind={kind}
            form={plan.form}
            onChange={plan.setForm}
            rows={rows}
            people={people}
            fault={plan.fault}
          />
          {plan.previewError ? (
            <Notice tone="bad" live="assertive" title="It cannot be told what would change.">
              {plan.previewError.message}
            </Notice>
          ) : null}
          {isLoading ? <Skeleton className="h-24" /> : null}
          {preview ? <BulkPreviewList rows={preview.rows} people={people} isOld={!plan.isFresh} /> : null}
          {preview ? <InUseNotice kind={kind} preview={preview} /> : null}
          {preview?.confirmation ? (
            <Field label={`Type “${preview.confirmation}” to confirm`}>
              <Input
                value={plan.confirmation}
                onChange={(event) => plan.setConfirmation(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            </Field>
          ) : null}
          <Field label="Reason" note="kept in the audit log">
            <Input
              value={plan.reason}
              maxLength={500}
              onChange={(event) => plan.setReason(event.target.value)}
            />
          </Field>
          {startError ? (
            <Notice tone="bad" live="assertive" title="Nothing was started.">
              {startError.message}
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter
          note={<span role="status">{preview ? summary(preview) : 'Nothing has been chosen yet.'}</span>}
        >
          <Button onClick={onClose} disabled={plan.isStarting}>
            Cancel
          </Button>
          <Button
            variant={kind === 'delete' || kind === 'disable' ? 'danger' : 'primary'}
            disabled={!plan.isReady}
            pending={plan.isStarting}
            pendingText="Starting…"
            onClick={() => void plan.begin().then((runId) => (runId ? onStarted(runId) : undefined))}
          >
            {words.button(preview?.changes ?? rows.length)}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
