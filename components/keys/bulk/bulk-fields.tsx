'use client';

import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { type BulkFieldsProps, BulkLimitFields } from './bulk-limit-fields';

function DisableFields({ form, onChange, rows }: BulkFieldsProps) {
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

interface AssignFieldsProps extends BulkFieldsProps {
  people: Assignees | undefined;
}

function AssignFields({ form, onChange, people }: AssignFieldsProps) {
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="Team" className="min-w-40 flex-1">
        <Select
          value={form.teamText}
          onChange={(event) => onChange({ ...form, teamText: event.target.value })}
        >
          <option value="">As it is now</option>
          {people?.teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">No team</option>
        </Select>
      </Field>
      <Field label="Owner" className="min-w-40 flex-1">
        <Select
          value={form.ownerText}
          onChange={(event) => onChange({ ...form, ownerText: event.target.value })}
        >
          <option value="">As it is now</option>
          {people?.owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">No owner</option>
        </Select>
      </Field>
    </div>
  );
}

/** The fields of one kind of bulk change. */
export function BulkFields({ kind, ...props }: AssignFieldsProps & { kind: BulkAction['kind'] }) {
  switch (kind) {
    case 'set_limit':
      return <BulkLimitFields {...props} />;
    case 'disable':
      return <DisableFields {...props} />;
    case 'assign':
      return <AssignFields {...props} />;
    default:
      return null;
  }
}
