'use client';

import Link from 'next/link';
import { useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { Select } from '@/components/ui/select';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { toast } from '@/components/ui/toaster';
import { useGiveKeys } from '@/lib/client/assignment';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { LeftPerson } from '@/lib/domain/teams/left-people';
import { formatDayYear } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

type Owner = { readonly id: string; readonly name: string };

const reasonWords: Record<LeftPerson['reason'], string> = {
  disabled: 'Disabled here',
  gone: 'Gone from the provider’s members',
};

interface PersonKeysProps {
  person: LeftPerson;
  owners: readonly Owner[];
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** The keys of one who left, all chosen at first, and who gets them. */
function PersonKeys({ person, owners, now }: PersonKeysProps) {
  const id = useId();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [ownerId, setOwnerId] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const give = useGiveKeys();
  const chosen = person.keys.filter((key) => !left.has(key.id));

  function toggle(keyId: number) {
    setLeft((known) => {
      const next = new Set(known);
      if (!next.delete(keyId)) next.add(keyId);
      return next;
    });
  }

  async function save() {
    const owner = owners.find((each) => each.id === ownerId);
    setFault(owner ? undefined : 'Choose the new owner.');
    if (!owner) return;
    try {
      const reason = `${person.name} left`;
      const { assigned } = await give.mutateAsync({ keyIds: chosen.map((key) => key.id), ownerId, reason });
      toast(`${formatPlural(assigned, 'key')} of ${person.name} went to ${owner.name}.`);
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="m-0 flex flex-wrap items-center gap-2 font-semibold text-base">
        {person.name}
        <Badge tone="warn">{reasonWords[person.reason]}</Badge>
      </h2>
      {person.email && person.email !== person.name ? (
        <p className="m-0 text-muted text-xs">{person.email}</p>
      ) : null}
      <Table aria-label={`Keys of ${person.name}`} cards>
        <THead>
          <Tr>
            <Th>Key</Th>
            <Th>Connection</Th>
            <Th>Team</Th>
            <Th>Last used</Th>
          </Tr>
        </THead>
        <TBody>
          {person.keys.map((key) => (
            <Tr key={key.id}>
              <Td label="Key">
                <span className="flex min-w-0 items-center gap-2.5">
                  <Checkbox
                    aria-label={`Give ${key.name}`}
                    checked={!left.has(key.id)}
                    onChange={() => toggle(key.id)}
                  />
                  <Link
                    href={`/keys/${key.id}`}
                    prefetch={false}
                    className="break-words rounded-tag font-semibold hover:underline"
                  >
                    {key.name}
                  </Link>
                </span>
              </Td>
              <Td label="Connection" className="text-muted">
                {key.connection}
              </Td>
              <Td label="Team" className="text-muted">
                {key.team ?? 'No team'}
              </Td>
              <Td label="Last used">
                {key.lastUsedAt && key.isLastUseDay ? (
                  <span title="The last UTC day with requests">{formatDayYear(key.lastUsedAt)}</span>
                ) : key.lastUsedAt ? (
                  <RelativeTime at={key.lastUsedAt} now={now} />
                ) : (
                  <span className="text-muted">not known</span>
                )}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={`New owner for keys of ${person.name}`} error={fault}>
          <Select
            value={ownerId}
            onChange={(event) => {
              setOwnerId(event.target.value);
              setFault(undefined);
            }}
          >
            <option value="">Choose a person</option>
            {owners.map((owner) => (
              <option key={owner.id} value={owner.id}>
                {owner.name}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          variant="primary"
          disabled={chosen.length === 0}
          pending={give.isPending}
          pendingText="Assigning…"
          onClick={() => void save()}
        >
          Give {formatPlural(chosen.length, 'key')}
        </Button>
      </div>
      {give.error ? (
        <Notice tone="bad" live="assertive" title="Nothing was changed.">
          {outcomeErrorOf(give.error).message}
        </Notice>
      ) : null}
    </section>
  );
}

interface LeftPeopleProps extends Omit<PersonKeysProps, 'person'> {
  people: readonly LeftPerson[];
}

/** Everyone who left with keys that somebody else should own now. */
export function LeftPeople({ people, owners, now }: LeftPeopleProps) {
  return (
    <div className="flex flex-col gap-8">
      {people.map((person) => (
        <PersonKeys key={person.id} person={person} owners={owners} now={now} />
      ))}
    </div>
  );
}
