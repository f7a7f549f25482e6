import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { Countdown } from '@/components/ui/countdown';
import { Meter } from '@/components/ui/meter';
import { Money } from '@/components/ui/money';
import { EmptyState } from '@/components/ui/states';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { type BindsWire, stackOf } from '@/lib/domain/binds/binds-wire';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import { isLive, type KeyStatus, keyStatusWords } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { bindingSentence } from '@/lib/words/binds-words';
import { limitText, usedText } from '@/lib/words/limit-words';

/** More stand on the page of keys, where they can be searched and sorted. */
const MOST_KEYS = 25;

interface TeamKeysProps {
  teamId: number;
  keys: readonly KeyRow[];
  /** The name of the month that the spend belongs to. */
  month: string;
  canAssign: boolean;
  canAsk: boolean;
  /** What can stop the keys besides their own limits. */
  binds: BindsWire;
  now: Date;
}

function toneOf(status: KeyStatus) {
  if (status === 'active') return 'ok';
  return status === 'blocked' ? 'warn' : 'neutral';
}

function LimitWords({ row, now }: { row: KeyRow; now: Date }) {
  const { limit, used, raise } = row;
  const words = (
    <span className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
      {limitText(limit)}
      {raise ? <Countdown at={raise.endsAtMs} now={now.getTime()} label="Raised" /> : null}
    </span>
  );
  if (limit.kind !== 'capped' || used === null) return words;
  return (
    <div className="flex flex-col gap-0.5 max-sm:items-end">
      {words}
      <Meter
        label={`Limit used by ${row.name}`}
        used={row.usedShare}
        valueText={usedText(limit, used, row.isMonthShared)}
      />
    </div>
  );
}

function AskForMore({ row }: { row: KeyRow }) {
  return (
    <Link
      href={`/requests/new?key=${row.id}`}
      prefetch={false}
      aria-label={`Ask for more for ${row.name}`}
      className="rounded-tag text-accent underline-offset-2 hover:underline"
    >
      Ask for more
    </Link>
  );
}

/** The live keys of a team, the largest spenders first. */
export function TeamKeys({ teamId, keys, month, canAssign, canAsk, binds, now }: TeamKeysProps) {
  const live = keys.filter(({ status }) => isLive(status));
  const shown = live.toSorted((a, b) => b.monthSpendNumber - a.monthSpendNumber).slice(0, MOST_KEYS);
  if (live.length === 0) {
    return (
      <EmptyState
        title="No keys yet"
        className="py-8"
        actions={canAssign ? <ButtonLink href="/keys?team=none">Show keys without a team</ButtonLink> : null}
      >
        {canAssign
          ? 'Choose keys on the page of keys and assign them to this team.'
          : 'Keys that an admin gives to this team will be listed here.'}
      </EmptyState>
    );
  }
  return (
    <>
      <Table aria-label="Keys of the team" cards>
        <THead>
          <Tr>
            <Th>Key</Th>
            <Th>Connection</Th>
            <Th>Owner</Th>
            <Th>Status</Th>
            <Th align="right">Spend in {month}</Th>
            <Th>Limit</Th>
            <Th>What is left</Th>
          </Tr>
        </THead>
        <TBody>
          {shown.map((row) => (
            <Tr key={row.id}>
              <Td label="Key">
                <div className="min-w-0">
                  <Link
                    href={`/keys/${row.id}`}
                    prefetch={false}
                    className="break-words rounded-tag font-semibold hover:underline"
                  >
                    {row.name}
                  </Link>
                  {row.label ? (
                    <span className="block font-mono text-2xs text-muted">{row.label}</span>
                  ) : null}
                </div>
              </Td>
              <Td label="Connection" className="text-muted">
                {row.connection.name}
              </Td>
              <Td label="Owner">
                {row.owner ? (
                  <span className="text-muted">{row.owner.name}</span>
                ) : (
                  <span className="text-warn">No owner</span>
                )}
              </Td>
              <Td label="Status">
                <Badge tone={toneOf(row.status)}>{keyStatusWords[row.status].label}</Badge>
              </Td>
              <Td label={`Spend in ${month}`} align="right">
                <span className="leading-[17px]">
                  <Money amount={row.monthSpend} className="font-semibold" />
                  {row.isMonthShared ? (
                    <span className="block text-2xs text-muted">while the team’s</span>
                  ) : null}
                </span>
              </Td>
              <Td label="Limit">
                <LimitWords row={row} now={now} />
              </Td>
              <Td label="What is left">
                {row.status === 'active' ? (
                  <div className="flex max-w-[320px] flex-col items-start gap-1 text-xs max-sm:items-end max-sm:text-right">
                    <span className="text-muted">
                      {bindingSentence(whatBinds(stackOf(binds, row), now), now, null)}
                    </span>
                    {canAsk ? <AskForMore row={row} /> : null}
                  </div>
                ) : null}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
      {live.length > shown.length ? (
        <p className="text-muted">
          The {shown.length} largest spenders of {live.length} keys.{' '}
          <Link href={`/keys?team=${teamId}`} className="rounded-tag text-accent underline">
            Show all
          </Link>
        </p>
      ) : null}
    </>
  );
}
