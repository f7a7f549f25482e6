'use client';

import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { MoneyInput } from '@/components/ui/money-input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import type { BulkTeam, BulkWish } from '@/lib/domain/keys/bulk-plan';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { periodWords } from '@/lib/words/limit-words';
import { type LimitFormValues, readLimitForm } from '../limit-form';

export type WishForm = Pick<LimitFormValues, 'limitKind' | 'amountText' | 'period'> & {
  readonly isCapInstead: boolean;
  /** Empty until something is chosen; `0` stands for no team. */
  readonly teamText: string;
};

export const EMPTY_WISH: WishForm = {
  limitKind: 'capped',
  amountText: '',
  period: 'monthly',
  isCapInstead: false,
  teamText: '',
};

/** The wish that the form holds, or what is missing. Null faults are those that nobody need be told yet. */
export function readWish(
  kind: BulkWish['kind'],
  form: WishForm,
  teams: readonly BulkTeam[],
): { wish: BulkWish | null; fault: string | null } {
  switch (kind) {
    case 'limit': {
      const { limit, fault } = readLimitForm(form);
      if (limit) return { wish: { kind, limit }, fault: null };
      return { wish: null, fault: form.amountText.trim() === '' ? null : fault };
    }
    case 'disable':
      return { wish: { kind, isCapInstead: form.isCapInstead }, fault: null };
    case 'enable':
      return { wish: { kind }, fault: null };
    case 'team': {
      if (form.teamText === '0') return { wish: { kind, team: null }, fault: null };
      const team = teams.find(({ id }) => String(id) === form.teamText);
      return { wish: team ? { kind, team } : null, fault: null };
    }
  }
}

export interface BulkWishFieldsProps {
  kind: BulkWish['kind'];
  form: WishForm;
  onChange: (form: WishForm) => void;
  rows: readonly KeyRow[];
  teams: readonly BulkTeam[];
  fault: string | null;
}

function LimitWish({ form, onChange, rows, fault }: BulkWishFieldsProps) {
  const capabilities = [...new Set(rows.map(({ connection }) => connection.capabilities))];
  const periods = (['daily', 'weekly', 'monthly', 'total'] as const).filter((period) =>
    capabilities.some(({ limitPeriods }) => limitPeriods.includes(period)),
  );
  const canBlock = capabilities.some(({ blockedLimit }) => blockedLimit.can);
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field group label="Limit">
        <Segmented
          value={form.limitKind}
          onValueChange={(limitKind) => onChange({ ...form, limitKind })}
          options={[
            { value: 'capped', label: 'Cap' },
            { value: 'unlimited', label: 'No limit' },
            { value: 'blocked', label: 'Blocked', disabled: !canBlock },
          ]}
        />
      </Field>
      {form.limitKind === 'capped' ? (
        <>
          <Field label="Amount, USD" error={fault} className="w-32">
            <MoneyInput
              value={form.amountText}
              onChange={(event) => onChange({ ...form, amountText: event.target.value })}
            />
          </Field>
          <Field group label="Resets">
            <Segmented
              value={form.period}
              onValueChange={(period) => onChange({ ...form, period })}
              options={periods.map((value) => ({ value, label: periodWords[value].label }))}
            />
          </Field>
        </>
      ) : null}
    </div>
  );
}

function DisableWish({ form, onChange, rows }: BulkWishFieldsProps) {
  const unable = rows.filter(({ connection }) => !connection.capabilities.disable.can);
  const [first] = unable;
  if (!first) return null;
  const cap = formatUsd(first.connection.capabilities.lowestCap);
  return (
    <CheckboxField
      checked={form.isCapInstead}
      onChange={(event) => onChange({ ...form, isCapInstead: event.target.checked })}
      label={`Cap the ${formatPlural(unable.length, 'key')} that cannot be disabled at ${cap} instead`}
      hint="They stop once that is spent, and not before."
    />
  );
}

/** The fields of one kind of bulk change. */
export function BulkWishFields(props: BulkWishFieldsProps) {
  const { kind, form, onChange, teams } = props;
  switch (kind) {
    case 'limit':
      return <LimitWish {...props} />;
    case 'disable':
      return <DisableWish {...props} />;
    case 'enable':
      return null;
    case 'team':
      return (
        <Field label="Team" className="max-w-72">
          <Select
            value={form.teamText}
            onChange={(event) => onChange({ ...form, teamText: event.target.value })}
          >
            <option value="" disabled>
              Choose a team
            </option>
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="0">No team</option>
          </Select>
        </Field>
      );
  }
}
