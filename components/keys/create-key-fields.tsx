'use client';

import { useQuery } from '@tanstack/react-query';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { assigneesQuery } from '@/lib/client/keys';
import type { KeysTableConnection, KeysTableWire } from '@/lib/domain/keys/keys-table';
import type { CreateKeyForm } from './create-key-form';
import { DeliveryFields } from './delivery-fields';
import { LimitFields } from './limit-fields';

interface CreateKeyFieldsProps {
  connections: readonly KeysTableConnection[];
  connection: KeysTableConnection | undefined;
  containers: KeysTableWire['containers'];
}

/** The fields of a new key, as far as the chosen connection has them. */
export function CreateKeyFields({ connections, connection, containers }: CreateKeyFieldsProps) {
  const { register, formState } = useFormContext<CreateKeyForm>();
  const { errors } = formState;
  return (
    <>
      <Field label="Name" error={errors.name?.message} required>
        <Input {...register('name')} autoComplete="off" placeholder="checkout-assistant" />
      </Field>
      <Field label="Connection" error={errors.connectionId?.message} required>
        <Select {...register('connectionId')}>
          {connections.map(({ id, name, providerName }) => (
            <option key={id} value={id}>
              {name === providerName ? name : `${name} (${providerName})`}
            </option>
          ))}
        </Select>
      </Field>
      {connection ? (
        <>
          <ContainerField connection={connection} containers={containers} />
          <LimitFields
            capabilities={connection.capabilities}
            providerName={connection.providerName}
            unlimited={connection.capabilities.unlimitedAtCreation}
          />
          <PermissionFields connection={connection} />
          <ExpiryField connection={connection} />
        </>
      ) : null}
      <AssigneeFields />
      <DeliveryFields />
      <Field label="Reason (kept in the audit log)" note="optional" error={errors.reason?.message}>
        <Textarea rows={2} {...register('reason')} />
      </Field>
    </>
  );
}

function ContainerField({
  connection,
  containers,
}: Omit<CreateKeyFieldsProps, 'connections' | 'connection'> & {
  connection: KeysTableConnection;
}) {
  const { register, formState } = useFormContext<CreateKeyForm>();
  const { containerAtCreation, containers: kind } = connection.capabilities;
  const own = containers.filter(({ connectionId }) => connectionId === connection.id);
  if (!containerAtCreation.can || kind === null || own.length === 0) return null;
  const word = kind === 'workspace' ? 'Workspace' : 'Group';
  return (
    <Field label={word} error={formState.errors.containerId?.message}>
      <Select {...register('containerId')}>
        <option value="">{kind === 'workspace' ? 'Default workspace' : 'No group: a personal key'}</option>
        {own.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function ExpiryField({ connection }: { connection: KeysTableConnection }) {
  const { register, formState } = useFormContext<CreateKeyForm>();
  const { expiryAtCreation, expiryLater } = connection.capabilities;
  if (!expiryAtCreation.can && !expiryLater.can) return null;
  const lasting = expiryLater.can
    ? 'It can be changed later.'
    : `It cannot be changed later: ${expiryLater.reason}`;
  return (
    <Field
      label="Expires"
      note="optional"
      hint={`At the end of that day, 23:59 UTC. ${lasting}`}
      error={formState.errors.expiry?.message}
      className="max-w-60"
    >
      <Input type="date" {...register('expiry')} />
    </Field>
  );
}

const LEVELS = [
  ['none', 'None'],
  ['read', 'Read'],
  ['write', 'Write'],
] as const;

function PermissionFields({ connection }: { connection: KeysTableConnection }) {
  const { control, register } = useFormContext<CreateKeyForm>();
  const isSet = useWatch({ control, name: 'isPermissionsSet' });
  if (!connection.capabilities.permissionsAtCreation.can) return null;
  return (
    <div className="flex flex-col gap-2">
      <Controller
        control={control}
        name="isPermissionsSet"
        render={({ field }) => (
          <CheckboxField
            label="Choose what the key may do"
            hint="Otherwise the account's default applies."
            checked={field.value}
            onChange={(event) => field.onChange(event.target.checked)}
          />
        )}
      />
      {isSet ? (
        <div className="flex gap-3 pl-6">
          <Field label="Completions" className="w-36">
            <Select {...register('completions')}>
              {LEVELS.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Manage the account" className="w-36">
            <Select {...register('manage')}>
              {LEVELS.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      ) : null}
    </div>
  );
}

function AssigneeFields() {
  const { register, formState } = useFormContext<CreateKeyForm>();
  const { data } = useQuery(assigneesQuery);
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="Team" error={formState.errors.teamId?.message} className="min-w-40 flex-1">
        <Select {...register('teamId')}>
          <option value="">No team yet</option>
          {data?.teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Owner" error={formState.errors.ownerId?.message} className="min-w-40 flex-1">
        <Select {...register('ownerId')}>
          <option value="">No owner yet</option>
          {data?.owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
