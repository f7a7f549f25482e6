'use client';

import { useRouter } from 'next/navigation';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { requestKinds } from '@/lib/domain/requests/request';
import type { ListRequestsInput } from '@/lib/domain/requests/request-input';
import { requestKindWords } from '@/lib/words/request-words';

interface RequestFiltersProps {
  chosen: ListRequestsInput;
  teams: readonly { readonly id: number; readonly name: string }[];
}

/** Which requests are listed; the choice stands in the address. */
export function RequestFilters({ chosen, teams }: RequestFiltersProps) {
  const router = useRouter();

  function choose(values: Partial<ListRequestsInput>) {
    const { show, kind, teamId } = { ...chosen, ...values };
    const params = new URLSearchParams();
    if (show !== 'open') params.set('show', show);
    if (kind !== null) params.set('kind', kind);
    if (teamId !== null) params.set('team', String(teamId));
    const query = params.toString();
    router.push(query === '' ? '/requests' : `/requests?${query}`);
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        aria-label="Show"
        value={chosen.show}
        onValueChange={(show) => choose({ show })}
        options={[
          { value: 'open', label: 'Open' },
          { value: 'mine', label: 'Mine' },
          { value: 'all', label: 'All' },
        ]}
      />
      <Select
        aria-label="Kind"
        value={chosen.kind ?? ''}
        onChange={({ target }) =>
          choose({ kind: requestKinds.find((kind) => kind === target.value) ?? null })
        }
      >
        <option value="">Every kind</option>
        {requestKinds.map((kind) => (
          <option key={kind} value={kind}>
            {requestKindWords[kind]}
          </option>
        ))}
      </Select>
      {teams.length > 1 ? (
        <Select
          aria-label="Team"
          value={chosen.teamId ?? ''}
          onChange={({ target }) => choose({ teamId: Number(target.value) || null })}
        >
          <option value="">Every team</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      ) : null}
    </div>
  );
}
