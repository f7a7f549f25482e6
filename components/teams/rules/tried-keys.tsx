import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { RulesTry, TriedKey } from '@/lib/domain/assignment/rules-view';
import { formatPlural } from '@/lib/utils/format-number';

const standingWords: Record<TriedKey['standing'], string> = {
  gets: 'Would get it',
  same: 'Has it already',
  other: 'Belongs elsewhere, stays',
};

function New({ name, isNew, none }: { name: string | null; isNew: boolean; none: string }) {
  if (name === null) return <span className="text-warn">{none}</span>;
  return isNew ? <span className="font-semibold">{name}</span> : <span className="text-muted">{name}</span>;
}

/** What the rules as they stand would do to every live key. */
export function TriedKeys({ tried }: { tried: RulesTry }) {
  const { total, keyCount, unmatched, stillLacking, keys } = tried;
  return (
    <section aria-labelledby="tried" className="flex flex-col gap-2">
      <h2 id="tried" className="m-0 font-semibold text-base">
        Tried on {formatPlural(keyCount, 'key')}
      </h2>
      <p className="m-0" role="status">
        {formatPlural(total.gets, 'key')} without a team or an owner would get one. {total.same} have already
        what the rules say, {total.other} belong elsewhere and stay, and no rule matches {unmatched}. After it{' '}
        {stillLacking} would still lack a team or an owner.
      </p>
      {keys.length > 0 ? (
        <Table aria-label="What the rules would do" cards>
          <THead>
            <Tr>
              <Th>Key</Th>
              <Th>Connection</Th>
              <Th>Rule</Th>
              <Th>Team</Th>
              <Th>Owner</Th>
              <Th>What happens</Th>
            </Tr>
          </THead>
          <TBody>
            {keys.map((key) => (
              <Tr key={key.id}>
                <Td label="Key">
                  <Link
                    href={`/keys/${key.id}`}
                    prefetch={false}
                    className="break-words rounded-tag font-semibold hover:underline"
                  >
                    {key.name}
                  </Link>
                </Td>
                <Td label="Connection" className="text-muted">
                  {key.connection}
                </Td>
                <Td label="Rule">{key.rule + 1}</Td>
                <Td label="Team">
                  <New name={key.team} isNew={key.isTeamNew} none="No team" />
                </Td>
                <Td label="Owner">
                  <New name={key.owner} isNew={key.isOwnerNew} none="No owner" />
                </Td>
                <Td label="What happens">
                  <Badge tone={key.standing === 'gets' ? 'accent' : 'neutral'}>
                    {standingWords[key.standing]}
                  </Badge>
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      ) : null}
      {total.gets + total.same + total.other > keys.length ? (
        <p className="m-0 text-muted">The first {keys.length}, those that would get something on top.</p>
      ) : null}
    </section>
  );
}
