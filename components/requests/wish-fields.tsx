import { ByokField, ContainerField, ExpiryField, PermissionFields } from '@/components/layout/new-key-fields';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { CAN, keyPermissionLevels } from '@/lib/domain/connections/capabilities';
import { addDays, parseUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { LONGEST_RAISE_DAYS } from '@/lib/domain/raises/raise';
import type { RequestFormView } from '@/lib/domain/requests/request-view';
import { AmountFields, type DraftFieldsProps, UntilFields } from './amount-fields';

interface WishFieldsProps extends DraftFieldsProps {
  form: RequestFormView;
  /** A wish that waits stays about the same key, or the same place and team of a new one. */
  isEdit: boolean;
}

function LimitWish({ form, ...fields }: WishFieldsProps) {
  const { key } = form;
  if (!key) return null;
  const { draft, onChange, errors } = fields;
  const today = parseUtcDay(form.asOf) ?? utcDayOf(new Date());
  return (
    <>
      <AmountFields
        {...fields}
        periods={key.capabilities.limitPeriods}
        providerName={key.providerName}
        canAdd={key.limit.kind === 'capped'}
        unlimited={CAN}
      />
      <UntilFields
        isUntil={draft.isUntil}
        untilDay={draft.untilDay}
        onChange={onChange}
        error={errors.untilDay}
        min={today}
        max={addDays(today, LONGEST_RAISE_DAYS - 1)}
      />
    </>
  );
}

function TeamField({ form, draft, onChange, errors, isEdit }: WishFieldsProps) {
  return (
    <Field label="Team" error={errors.teamId}>
      <Select
        disabled={isEdit}
        value={draft.teamId ?? ''}
        onChange={({ target }) => onChange({ teamId: Number(target.value) || null })}
      >
        {form.teams.length === 0 ? <option value="">No team</option> : null}
        {form.teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function NewKeyWish(props: WishFieldsProps) {
  const { form, draft, onChange, errors, isEdit } = props;
  const connection = form.connections.find(({ id }) => id === draft.connectionId);
  return (
    <>
      <Field label="Name of the key" error={errors.name}>
        <Input
          value={draft.name}
          maxLength={120}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <Field label="Where" error={errors.connectionId}>
        <Select
          disabled={isEdit}
          value={draft.connectionId ?? ''}
          onChange={({ target }) => {
            const chosen = form.connections.find(({ id }) => id === Number(target.value));
            const [first] = chosen?.capabilities.limitPeriods ?? [];
            const keeps = chosen?.capabilities.limitPeriods.includes(draft.period);
            onChange({
              connectionId: chosen?.id ?? null,
              containerId: null,
              ...(keeps || !first ? {} : { period: first }),
            });
          }}
        >
          {form.connections.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <TeamField {...props} />
      {connection ? (
        <AmountFields
          draft={draft}
          onChange={onChange}
          errors={errors}
          periods={connection.capabilities.limitPeriods}
          providerName={connection.providerName}
          canAdd={false}
          unlimited={connection.capabilities.unlimitedAtCreation}
        />
      ) : null}
      {connection ? <SettingFields {...props} connection={connection} /> : null}
      <p className="text-muted text-xs">
        Its secret will wait for you on the request’s page. Nobody else gets to see it, the approver neither.
      </p>
    </>
  );
}

/** What a key is given when it is made, as far as the connection has it. */
function SettingFields(props: WishFieldsProps & { connection: RequestFormView['connections'][number] }) {
  const { form, draft, onChange, errors, connection } = props;
  const { capabilities, containers } = connection;
  return (
    <>
      {draft.how === 'unlimited' ? null : (
        <ByokField
          capabilities={capabilities}
          isCounted={draft.isByokCounted}
          onCounted={(isByokCounted) => onChange({ isByokCounted })}
        />
      )}
      <ContainerField
        capabilities={capabilities}
        containers={containers}
        error={errors.containerId}
        select={{
          value: draft.containerId ?? '',
          onChange: ({ target }) => onChange({ containerId: Number(target.value) || null }),
        }}
      />
      <PermissionFields
        capabilities={capabilities}
        isSet={draft.isPermissionsSet}
        onSet={(isPermissionsSet) => onChange({ isPermissionsSet })}
        completions={{
          value: draft.completions,
          onChange: ({ target }) => onChange({ completions: levelOf(target.value) }),
        }}
        manage={{
          value: draft.manage,
          onChange: ({ target }) => onChange({ manage: levelOf(target.value) }),
        }}
      />
      <ExpiryField
        capabilities={capabilities}
        error={errors.expiryDay}
        input={{
          min: parseUtcDay(form.asOf) ?? undefined,
          value: draft.expiryDay,
          onChange: ({ target }) => onChange({ expiryDay: target.value }),
        }}
      />
    </>
  );
}

function levelOf(text: string) {
  return keyPermissionLevels.find((level) => level === text) ?? 'none';
}

function TakeOverWish(props: WishFieldsProps) {
  const { form, draft, onChange, errors } = props;
  return (
    <>
      {form.key ? null : (
        <Field
          label="Exact name of the key"
          error={errors.keyName}
          hint="A key of your teams can be chosen above. One that belongs to no team is asked for by its name."
        >
          <Input
            value={draft.keyName}
            maxLength={120}
            onChange={({ target }) => onChange({ keyName: target.value })}
          />
        </Field>
      )}
      <TeamField {...props} />
      <p className="text-muted text-xs">
        You become its owner. Its spend counts for the team from that day on.
      </p>
    </>
  );
}

/** The fields of the kind that is chosen. */
export function WishFields(props: WishFieldsProps) {
  switch (props.draft.kind) {
    case 'limit':
      return <LimitWish {...props} />;
    case 'new_key':
      return <NewKeyWish {...props} />;
    case 'take_over':
      // Which key and which team it is stays; there is only the reason to change.
      return props.isEdit ? null : <TakeOverWish {...props} />;
    case 'enable_key':
      return null;
  }
}
