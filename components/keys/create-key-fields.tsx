'use client';

import { useQuery } from '@tanstack/react-query';
import { Controller, useFormContext } from 'react-hook-form';
import { ContainerField, ExpiryField, PermissionFields } from '@/components/layout/new-key-fields';
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
  const { register, control, formState } = useFormContext<CreateKeyForm>();
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
          <ContainerField
            capabilities={connection.capabilities}
            containers={containers.filter(({ connectionId }) => connectionId === connection.id)}
            error={errors.containerId?.message}
            select={register('containerId')}
          />
          <LimitFields
            capabilities={connection.capabilities}
            providerName={connection.providerName}
            unlimited={connection.capabilities.unlimitedAtCreation}
          />
          <Controller
            control={control}
            name="isPermissionsSet"
            render={({ field }) => (
              <PermissionFields
                capabilities={connection.capabilities}
                isSet={field.value}
                onSet={field.onChange}
                completions={register('completions')}
                manage={register('manage')}
              />
            )}
          />
          <ExpiryField
            capabilities={connection.capabilities}
            error={errors.expiry?.message}
            input={register('expiry')}
          />
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
