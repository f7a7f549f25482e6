import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { JudgedChange } from '@/lib/domain/requests/past-changes';
import { formatDay } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { limitText } from '@/lib/words/limit-words';
import { grantText, needsText } from '@/lib/words/request-words';

const MOST_SHOWN = 20;

function was({ change }: JudgedChange): string {
  return change.current && change.grant.kind === 'limit' ? ` (was ${limitText(change.current)})` : '';
}

/** What the rules as they are typed would have asked for in the last 31 days. */
export function CaughtChanges({ judged }: { judged: readonly JudgedChange[] }) {
  const count = (approvals: number) => judged.filter(({ needs }) => needs.approvals === approvals).length;
  const shown = judged
    .toSorted((a, b) => b.needs.approvals - a.needs.approvals)
    .filter(({ needs }) => needs.approvals > 0)
    .slice(0, MOST_SHOWN);
  if (judged.length === 0) {
    return (
      <p className="text-muted text-sm">No limit was changed and no key was made in the last 31 days.</p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-sm">
        Of {formatPlural(judged.length, 'change')} in the last 31 days these rules would have asked two people
        about <strong className="font-semibold">{count(2)}</strong>, one person about{' '}
        <strong className="font-semibold">{count(1)}</strong>, and nobody about{' '}
        <strong className="font-semibold">{count(0)}</strong>.
      </p>
      <p className="text-muted text-xs">
        Run forward in time: raises that would have needed nobody add up until their team’s envelope of that
        month is used. No team’s budget is taken as spent.
      </p>
      {shown.length > 0 ? (
        <Table aria-label="Changes that would have been asked for" cards>
          <THead>
            <Tr>
              <Th>Change</Th>
              <Th>Team</Th>
              <Th>By</Th>
              <Th>Would have needed</Th>
              <Th align="right">Day</Th>
            </Tr>
          </THead>
          <TBody>
            {shown.map((one) => (
              <Tr key={one.change.id}>
                <Td label="Change">
                  {one.change.keyId === null ? (
                    one.change.keyName
                  ) : (
                    <Link
                      href={`/keys/${one.change.keyId}`}
                      className="rounded-tag font-semibold hover:underline"
                    >
                      {one.change.keyName}
                    </Link>
                  )}
                  <span className="block text-muted text-xs">
                    {grantText(one.change.grant)}
                    {was(one)}
                  </span>
                </Td>
                <Td label="Team">{one.change.teamName ?? 'none'}</Td>
                <Td label="By">{one.change.actorName}</Td>
                <Td label="Would have needed">
                  <Badge tone={one.needs.approvals === 2 ? 'warn' : 'neutral'}>
                    {one.needs.approvals === 2 ? 'Two people' : 'One person'}
                  </Badge>
                  <span className="block text-muted text-xs">{needsText(one.needs).text}</span>
                </Td>
                <Td label="Day" align="right">
                  {formatDay(one.change.at)}
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      ) : null}
    </div>
  );
}
