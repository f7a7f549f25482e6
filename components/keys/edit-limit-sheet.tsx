'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toaster';
import { keyDaysQuery, useUpdateKeyLimit } from '@/lib/client/keys';
import { type BindsWire, stackOf } from '@/lib/domain/binds/binds-wire';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { isRaise, isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import { formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from '@/lib/words/limit-words';
import { ChangeFailure } from './change-failure';
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

const HISTORY_DAYS = 180;

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

/** What the button will do, in words; null while nothing differs. */
function actionText(current: Limit, next: Limit | null, isByokEdited: boolean): string | null {
  if (next === null) return null;
  if (isSameLimit(current, next)) return isByokEdited ? 'Change what counts' : null;
  if (next.kind === 'unlimited') return 'Remove limit';
  if (next.kind === 'blocked') return 'Block key';
  const isSamePeriod = current.kind === 'capped' && current.period === next.period;
  const words = isSamePeriod ? formatUsdShort(next.amount) : limitText(next);
  return `${isRaise(current, next) ? 'Raise' : 'Lower'} limit to ${words}`;
}

export function EditLimitSheet({ row: liveRow, binds, onClose }: EditLimitSheetProps) {
  const [row] = useState(liveRow);
  const [seen, setSeen] = useState({ limit: row.limit, includeByokInLimit: row.includeByokInLimit });
  const { capabilities, providerName } = row.connection;
  const today = utcDayOf(new Date());
  const days = useQuery(keyDaysQuery(row.id, addDays(today, -HISTORY_DAYS), today));
  const update = useUpdateKeyLimit();
  const form = useForm<FormValues>({
    resolver: zodResolver(formSchema),
    defaultValues: {
      ...toLimitForm(row.limit, row.includeByokInLimit, capabilities.limitPeriods),
      reason: '',
    },
  });
  const values = useWatch({ control: form.control });
  const typed = readLimitForm({ limitKind: 'capped', amountText: '', period: 'monthly', ...values });
  const isByokEdited = capabilities.byokInLimit.can && values.includeByok !== seen.includeByokInLimit;
  const action = actionText(seen.limit, typed.limit, isByokEdited);
  const stale = staleLimitOf(update.error);
  const watch = useChangeWatch(update.error);

  function close() {
    watch.leave();
    onClose();
  }

  async function save({ reason, ...wish }: FormValues, base = seen) {
    const { limit } = readLimitForm(wish);
    if (!limit) return;
    const isLimitEdited = !isSameLimit(limit, base.limit);
    const isBase = wish.includeByok === base.includeByokInLimit;
    await update.mutateAsync({
      keyId: row.id,
      seen: base,
      ...(isLimitEdited ? { limit } : {}),
      ...(capabilities.byokInLimit.can && !isBase ? { includeByokInLimit: wish.includeByok } : {}),
      reason,
    });
    toast(`${row.name}: ${limitText(limit)} now.`);
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
              <LimitFields
                capabilities={capabilities}
                providerName={providerName}
                unlimited={{ can: true }}
              />
              <LimitOutlookPanel
                row={row}
                stack={stackOf(binds, row)}
                days={days.data}
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
                  isPending={update.isPending}
                />
              ) : (
                <ChangeFailure failure={update.error} title="The limit was not changed." />
              )}
            </SheetBody>
            <SheetFooter note={`Takes effect at ${providerName} at once.`}>
              <Button onClick={close}>{watch.isBlocked ? 'Close' : 'Cancel'}</Button>
              <Button
                type="submit"
                variant="primary"
                pending={update.isPending}
                pendingText="Changing the limit…"
                disabled={watch.isBlocked || (action === null && typed.fault === null)}
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
