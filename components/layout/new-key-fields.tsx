import type { ComponentProps } from 'react';
import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { Capabilities } from '@/lib/domain/connections/capabilities';

/** The fields of a new key, for who makes one and for who asks for one: each only where the connection has it. */

interface ContainerFieldProps {
  capabilities: Pick<Capabilities, 'containers' | 'containerAtCreation'>;
  /** The connection's workspaces or groups. */
  containers: readonly { readonly id: number; readonly name: string }[];
  error: string | undefined;
  select: ComponentProps<typeof Select>;
}

export function ContainerField({ capabilities, containers, error, select }: ContainerFieldProps) {
  const { containerAtCreation, containers: kind } = capabilities;
  if (!containerAtCreation.can || kind === null || containers.length === 0) return null;
  return (
    <Field label={kind === 'workspace' ? 'Workspace' : 'Group'} error={error}>
      <Select {...select}>
        <option value="">{kind === 'workspace' ? 'Default workspace' : 'No group: a personal key'}</option>
        {containers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface ExpiryFieldProps {
  capabilities: Pick<Capabilities, 'expiryAtCreation' | 'expiryLater'>;
  error: string | undefined;
  input: ComponentProps<typeof Input>;
}

export function ExpiryField({ capabilities, error, input }: ExpiryFieldProps) {
  const { expiryAtCreation, expiryLater } = capabilities;
  if (!expiryAtCreation.can && !expiryLater.can) return null;
  const lasting = expiryLater.can
    ? 'It can be changed later.'
    : `It cannot be changed later: ${expiryLater.reason}`;
  return (
    <Field
      label="Expires"
      note="optional"
      hint={`At the end of that day, 23:59 UTC. ${lasting}`}
      error={error}
      className="max-w-60"
    >
      <Input type="date" {...input} />
    </Field>
  );
}

const LEVELS = [
  ['none', 'None'],
  ['read', 'Read'],
  ['write', 'Write'],
] as const;

function LevelField({ label, select }: { label: string; select: ComponentProps<typeof Select> }) {
  return (
    <Field label={label} className="w-36">
      <Select {...select}>
        {LEVELS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface PermissionFieldsProps {
  capabilities: Pick<Capabilities, 'permissionsAtCreation'>;
  isSet: boolean;
  onSet: (isSet: boolean) => void;
  completions: ComponentProps<typeof Select>;
  manage: ComponentProps<typeof Select>;
}

export function PermissionFields({ capabilities, isSet, onSet, completions, manage }: PermissionFieldsProps) {
  if (!capabilities.permissionsAtCreation.can) return null;
  return (
    <div className="flex flex-col gap-2">
      <CheckboxField
        label="Choose what the key may do"
        hint="Otherwise the account's default applies."
        checked={isSet}
        onChange={({ target }) => onSet(target.checked)}
      />
      {isSet ? (
        <div className="flex gap-3 pl-6">
          <LevelField label="Completions" select={completions} />
          <LevelField label="Manage the account" select={manage} />
        </div>
      ) : null}
    </div>
  );
}

interface ByokFieldProps {
  capabilities: Pick<Capabilities, 'byokInLimit'>;
  isCounted: boolean;
  onCounted: (isCounted: boolean) => void;
}

export function ByokField({ capabilities, isCounted, onCounted }: ByokFieldProps) {
  if (!capabilities.byokInLimit.can) return null;
  return (
    <CheckboxField
      label="Count own provider keys (BYOK) in the limit"
      hint="Spend on your own provider keys then uses up this limit too."
      checked={isCounted}
      onChange={({ target }) => onCounted(target.checked)}
    />
  );
}
