'use client';

import { useQuery } from '@tanstack/react-query';
import { type Control, useController, useWatch } from 'react-hook-form';
import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { RadioGroup, RadioOption } from '@/components/ui/radio-group';
import { Skeleton } from '@/components/ui/skeleton';
import { assigneesQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { InviteValues } from './invite-values';

interface TeamOptionsProps {
  control: Control<InviteValues>;
  error: string | undefined;
}

/** The teams an invited person joins and, for a team lead, whether they lead them. */
export function TeamOptions({ control, error }: TeamOptionsProps) {
  const { data, error: failure } = useQuery(assigneesQuery);
  const { field } = useController({ control, name: 'teamIds' });
  const role = useWatch({ control, name: 'role' });
  const chosen = field.value ?? [];

  function toggle(teamId: number, isChosen: boolean) {
    field.onChange(isChosen ? [...chosen, teamId] : chosen.filter((id) => id !== teamId));
  }

  if (failure) {
    return <p className="text-muted text-xs">Teams could not be listed: {outcomeErrorOf(failure).message}</p>;
  }
  if (!data) return <Skeleton className="h-12" />;
  if (data.teams.length === 0) {
    return <p className="text-muted text-xs">There is no team yet. Add people to teams on the teams page.</p>;
  }
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-1">
        <legend className="mb-1 text-muted text-xs">Teams · optional</legend>
        <div className="flex max-h-40 flex-col gap-1.5 overflow-y-auto rounded-control border border-edge px-2.5 py-2">
          {data.teams.map(({ id, name }) => (
            <CheckboxField
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            />
          ))}
        </div>
        {error ? <p className="font-medium text-bad text-xs">{error}</p> : null}
      </fieldset>
      {role === 'lead' && chosen.length > 0 ? <PlaceOptions control={control} /> : null}
    </>
  );
}

function PlaceOptions({ control }: { control: Control<InviteValues> }) {
  const { field } = useController({ control, name: 'isLead' });
  return (
    <Field label="Place in these teams" group>
      <RadioGroup
        value={field.value === false ? 'member' : 'lead'}
        onValueChange={(value) => field.onChange(value === 'lead')}
      >
        <RadioOption value="lead" label="Lead" hint="Sees the teams’ keys, limits and spend." />
        <RadioOption value="member" label="Member" hint="Belongs to the teams; sees nothing of them yet." />
      </RadioGroup>
    </Field>
  );
}
