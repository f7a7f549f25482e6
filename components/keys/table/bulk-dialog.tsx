'use client';

import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { type BulkPlan, type BulkTeam, type BulkWish, planBulk } from '@/lib/domain/keys/bulk-plan';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { BulkList } from './bulk-list';
import { BulkWishFields, EMPTY_WISH, readWish } from './bulk-wish-fields';
import { wishWords } from './bulk-words';
import { type BulkRun, useBulkRun } from './use-bulk-run';

export interface BulkDialogProps {
  kind: BulkWish['kind'];
  rows: readonly KeyRow[];
  teams: readonly BulkTeam[];
  /** Called with the keys that were left as they were, so that they stay selected. */
  onClose: (leftIds: readonly number[] | null) => void;
}

const NOTHING: BulkPlan = { steps: [], skips: [] };

function summary(run: BulkRun, { steps, skips }: BulkPlan): string {
  const skipped = skips.length > 0 ? `, ${formatCount(skips.length)} skipped` : '';
  if (run.phase === 'ready') return `${formatPlural(steps.length, 'key')} will change${skipped}.`;
  const done = run.done - run.failures.size;
  const failed = run.failures.size > 0 ? `, ${formatCount(run.failures.size)} not changed` : '';
  const left = run.steps.length - run.done;
  const rest = run.phase === 'ended' && left > 0 ? `, ${formatCount(left)} left as they were` : '';
  return `${formatCount(done)} of ${formatPlural(run.steps.length, 'key')} changed${failed}${rest}${skipped}.`;
}

/** Steps that did not happen: failed, or not begun. */
function leftIds({ steps, done, failures }: BulkRun): number[] {
  return steps.flatMap((step, at) => (at >= done || failures.has(at) ? [step.row.id] : []));
}

const MOST_REASONS = 3;

/** Why keys were not changed, each reason once. */
function Failures({ run }: { run: BulkRun }) {
  const reasons = [...new Set(run.failures.values())];
  if (run.phase !== 'ended' || reasons.length === 0) return null;
  const rest = reasons.length > MOST_REASONS ? ' More reasons stand in the list.' : '';
  return (
    <Notice tone="bad" live="assertive" title={`${formatPlural(run.failures.size, 'key')} not changed.`}>
      {reasons.slice(0, MOST_REASONS).join(' ')}
      {rest}
    </Notice>
  );
}

/** What a bulk change would do to each key, then its progress, then its result. */
export function BulkDialog({ kind, rows: liveRows, teams, onClose }: BulkDialogProps) {
  // What is previewed is what runs: a refetch behind the dialog changes neither.
  const [rows] = useState(liveRows);
  const [form, setForm] = useState(EMPTY_WISH);
  const [reason, setReason] = useState('');
  const { run, start, cancel } = useBulkRun();
  const words = wishWords(kind);
  const { wish, fault } = readWish(kind, form, teams);
  const wishText = JSON.stringify(wish);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the wish, which is made anew each time
  const preview = useMemo(() => (wish ? planBulk(rows, wish) : NOTHING), [rows, wishText]);
  const isRunning = run.phase === 'running';
  const close = () => onClose(run.phase === 'ended' ? leftIds(run) : null);

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isRunning ? undefined : close())}>
      <DialogContent size="lg" hideClose={isRunning}>
        <DialogHeader
          title={`${words.title} · ${formatPlural(rows.length, 'key')}`}
          description={
            kind === 'team'
              ? 'Teams are kept in Keyward; nothing changes at the providers.'
              : 'Takes effect at the providers, one key after another. Each change stands in the audit log.'
          }
        />
        <DialogBody>
          {run.phase === 'ready' ? (
            <BulkWishFields
              kind={kind}
              form={form}
              onChange={setForm}
              rows={rows}
              teams={teams}
              fault={fault}
            />
          ) : null}
          {wish ? <BulkList steps={preview.steps} skips={preview.skips} run={run} /> : null}
          {run.phase === 'ready' ? (
            <Field label="Reason" note="kept in the audit log">
              <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
            </Field>
          ) : (
            <Progress
              label={words.doing}
              value={run.steps.length === 0 ? 1 : run.done / run.steps.length}
              valueText={`${formatCount(run.done)} of ${formatCount(run.steps.length)}`}
            />
          )}
          <Failures run={run} />
        </DialogBody>
        <DialogFooter
          note={wish ? <span role="status">{summary(run, preview)}</span> : 'Nothing has been chosen yet.'}
        >
          {run.phase === 'ready' ? (
            <>
              <Button onClick={close}>Cancel</Button>
              <Button
                variant={kind === 'disable' ? 'danger' : 'primary'}
                disabled={preview.steps.length === 0}
                onClick={() => void start(preview.steps, reason)}
              >
                {words.button(preview.steps.length)}
              </Button>
            </>
          ) : isRunning ? (
            <Button onClick={cancel} disabled={run.isCancelled}>
              {run.isCancelled ? 'Stopping after this key…' : 'Stop after this key'}
            </Button>
          ) : (
            <Button variant="primary" onClick={close}>
              Close
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
