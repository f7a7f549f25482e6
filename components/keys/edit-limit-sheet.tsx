'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toaster';
import { keyDaysQuery } from '@/lib/client/keys';
import { type BindsWire, stackOf } from '@/lib/domain/binds/binds-wire';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { isRaise } from '@/lib/domain/limits/limit';
import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import { formatDateTime } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import { ChangeFailure } from './change-failure';
import { limitActionText } from './limit-action';
import { FOR_GOOD, LimitDurationFields } from './limit-duration';
import { LimitFields } from './limit-fields';
import {
  checkLimitForm,
  type LimitFormValues,
  limitFormShape,
  readLimitForm,
  toLimitForm,
} from './limit-form';
import { LimitOutlookPanel } from './limit-outlook-panel';
import { StaleLimitNotice, staleLimitOf } from './stale-limit-notice';
import { useChangeWatch } from './use-change-watch';
import { useSaveLimit } from './use-save-limit';

const HISTORY_DAYS = 180;
/** What counts is edited for good, and while no raise holds. */
const NOT_NOW = { can: false, reason: '' } as const;

const formSchema = z
  .object({ ...limitFormShape, reason: z.string().max(500, 'Keep the reason under 500 characters.') })
  .superRefine(checkLimitForm);
type FormValues = LimitFormValues & { reason: string };

interface EditLimitSheetProps {
  /** The key as it was when the sheet opened; a refetch behind it changes nothing here. */
  row: KeyRow;
  /** What can stop the key besides its own limit. */
  binds: BindsWire;
  onClose: () => void;
}

/** While a raise holds, what is set for good is the limit below it. */
function RaisedNotice({ row }: { row: KeyRow }) {
  if (!row.raise) return null;
  return (
    <Notice title={`Raised to ${limitText(row.limit)} until ${formatDateTime(row.raise.endsAtMs)}.`}>
      What you set here for good is the limit below the raise: it holds when the raise is over. To go back
      sooner, end the raise on the key’s page.
    </Notice>
  );
}

export function EditLimitSheet({ row: liveRow, binds, onClose }: EditLimitSheetProps) {
  const [row] = useState(liveRow);
  const [seen, setSeen] = useState({ limit: row.limit, includeByokInLimit: row.includeByokInLimit });
  const [duration, setDuration] = useState(FOR_GOOD);
  const base = row.raise?.base ?? seen.limit;
  const { capabilities, providerName } = row.connection;
  const today = utcDayOf(new Date());
  const days = useQuery(keyDaysQuery(row.id, addDays(today, -HISTORY_DAYS), today));
  const saving = useSaveLimit(row);
  const form = useForm<FormValues>({
    resolver: zodResolver(formSchema),
    defaultValues: {
      ...toLimitForm(base, row.includeByokInLimit, capabilities.limitPeriods),
      reason: '',
    },
  });
  const values = useWatch({ control: form.control });
  const typed = readLimitForm({ limitKind: 'capped', amountText: '', period: 'monthly', ...values });
  const isByokEdited = capabilities.byokInLimit.can && values.includeByok !== seen.includeByokInLimit;
  const isRaised = row.raise !== null;
  const isLimitAlone = isRaised || duration.kind === 'until';
  const edit = { current: base, next: typed.limit, isByokEdited, duration, isRaised };
  const action = limitActionText(edit);
  const isEndMissing = duration.kind === 'until' && action === null;
  const canEnd = typed.limit !== null && isRaise(base, typed.limit);
  const stale = staleLimitOf(saving.error);
  const watch = useChangeWatch(saving.error);

  function close() {
    watch.leave();
    onClose();
  }

  async function save({ reason, includeByok, ...wish }: FormValues, from = seen) {
    const { limit } = readLimitForm(wish);
    if (!limit) return;
    toast(await saving.save({ limit, includeByok, reason, duration, seen: from }));
    onClose();
  }

  const submit = form.handleSubmit((wish) => save(wish).catch(() => undefined));

  function setMineAnyway() {
    if (!stale) return;
    const current = {
      limit: stale.current.limit,
      includeByokInLimit: stale.current.includeByokInLimit ?? false,
    };
    setSeen(current);
    void save(form.getValues(), current).catch(() => undefined);
  }

  return (
    <Sheet open onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <SheetContent>
        <SheetHeader
          title="Edit limit"
          description={[row.name, row.connection.name, row.team?.name].filter(Boolean).join(' · ')}
        />
        <FormProvider {...form}>
          <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col" noValidate>
            <SheetBody>
              <RaisedNotice row={row} />
              <LimitFields
                capabilities={isLimitAlone ? { ...capabilities, byokInLimit: NOT_NOW } : capabilities}
                providerName={providerName}
                unlimited={{ can: true }}
              />
              {canEnd || duration.kind === 'until' ? (
                <LimitDurationFields
                  value={duration}
                  onChange={setDuration}
                  base={base}
                  isRaised={isRaised}
                  error={saving.endFault}
                />
              ) : null}
              <LimitOutlookPanel
                row={row}
                stack={stackOf(binds, row)}
                days={days.data}
                isByokCounted={values.includeByok ?? false}
                isLoading={days.isPending}
                proposed={typed.limit}
              />
              <Field
                label="Reason (kept in the audit log)"
                note="optional"
                error={form.formState.errors.reason?.message}
              >
                <Textarea rows={3} {...form.register('reason')} />
              </Field>
              {stale ? (
                <StaleLimitNotice
                  stale={stale}
                  mine={typed.limit}
                  onKeepTheirs={onClose}
                  onSetMine={setMineAnyway}
                  isPending={saving.isPending}
                />
              ) : saving.endFault ? null : (
                <ChangeFailure failure={saving.error} title="The limit was not changed." />
              )}
            </SheetBody>
            <SheetFooter
              note={
                isRaised && duration.kind === 'good'
                  ? 'Holds when the raise is over.'
                  : `Takes effect at ${providerName} at once.`
              }
            >
              <Button onClick={close}>{watch.isBlocked ? 'Close' : 'Cancel'}</Button>
              <Button
                type="submit"
                variant="primary"
                pending={saving.isPending}
                pendingText="Changing the limit…"
                disabled={watch.isBlocked || (action === null && typed.fault === null) || isEndMissing}
              >
                {action ?? (typed.fault ? 'Change limit' : 'Nothing edited')}
              </Button>
            </SheetFooter>
          </form>
        </FormProvider>
      </SheetContent>
    </Sheet>
  );
}
