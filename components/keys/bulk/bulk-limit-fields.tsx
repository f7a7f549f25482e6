'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { periodWords } from '@/lib/words/limit-words';
import { type BulkForm, bulkRules } from './bulk-form';

export interface BulkFieldsProps {
  form: BulkForm;
  onChange: (form: BulkForm) => void;
  rows: readonly KeyRow[];
  fault: string | null;
}

const directions = [
  { value: 'lower', label: 'Lower' },
  { value: 'raise', label: 'Raise' },
] as const;

function periodsOf(rows: readonly KeyRow[]): readonly LimitPeriod[] {
  return (['daily', 'weekly', 'monthly', 'total'] as const).filter((period) =>
    rows.some(({ connection }) => connection.capabilities.limitPeriods.includes(period)),
  );
}

function AmountFields({ form, onChange, rows, fault }: BulkFieldsProps) {
  const canBlock = rows.some(({ connection }) => connection.capabilities.blockedLimit.can);
  const periods = periodsOf(rows).map((value) => ({ value, label: periodWords[value].label }));
  return (
    <>
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
          <Field label="Amount, USD" error={fault} className="w-36">
            <MoneyInput
              value={form.amountText}
              onChange={(event) => onChange({ ...form, amountText: event.target.value })}
            />
          </Field>
          <Field group label="Resets">
            <Segmented
              value={form.period}
              onValueChange={(period) => onChange({ ...form, period })}
              options={[{ value: 'own', label: 'As now' }, ...periods]}
            />
          </Field>
        </>
      ) : null}
    </>
  );
}

function DirectionField({ form, onChange }: BulkFieldsProps) {
  return (
    <Field group label="Which way">
      <Segmented
        value={form.direction}
        onValueChange={(direction) => onChange({ ...form, direction })}
        options={directions}
      />
    </Field>
  );
}

function RuleFields(props: BulkFieldsProps) {
  const { form, onChange, rows, fault } = props;
  switch (form.rule) {
    case 'limit':
      return <AmountFields {...props} />;
    case 'percent':
      return (
        <>
          <DirectionField {...props} />
          <Field label="Percent" error={fault} className="w-36">
            <Input
              inputMode="decimal"
              autoComplete="off"
              value={form.percentText}
              onChange={(event) => onChange({ ...form, percentText: event.target.value })}
            />
          </Field>
        </>
      );
    case 'change':
      return (
        <>
          <DirectionField {...props} />
          <Field label="Amount, USD" error={fault} className="w-36">
            <MoneyInput
              value={form.changeText}
              onChange={(event) => onChange({ ...form, changeText: event.target.value })}
            />
          </Field>
        </>
      );
    case 'spend':
      return (
        <>
          <Field label="Times the last 30 days" error={fault} className="w-44">
            <Input
              inputMode="decimal"
              autoComplete="off"
              value={form.factorText}
              onChange={(event) => onChange({ ...form, factorText: event.target.value })}
            />
          </Field>
          <Field group label="Resets">
            <Segmented
              value={form.spendPeriod}
              onValueChange={(spendPeriod) => onChange({ ...form, spendPeriod })}
              options={periodsOf(rows).map((value) => ({ value, label: periodWords[value].label }))}
            />
          </Field>
        </>
      );
  }
}

/** How the new limit of each key is reckoned. */
export function BulkLimitFields(props: BulkFieldsProps) {
  const { form, onChange } = props;
  return (
    <>
      <Field label="Set the limit" className="max-w-72">
        <Select
          value={form.rule}
          onChange={(event) => {
            const rule = bulkRules.find(({ value }) => value === event.target.value);
            if (rule) onChange({ ...form, rule: rule.value });
          }}
        >
          {bulkRules.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div className="flex flex-wrap items-start gap-3">
        <RuleFields {...props} />
      </div>
    </>
  );
}
