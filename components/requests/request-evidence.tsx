'use client';

import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { dailyPace, outlookOf } from '@/lib/domain/requests/request-outlook';
import type { KeyEvidence, RequestSummary, TeamEvidence } from '@/lib/domain/requests/request-view';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { formatDay, formatDayYear } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { limitText } from '@/lib/words/limit-words';
import { requestStateWords } from '@/lib/words/request-words';
import { paceText, whatIfText } from './outlook-text';
import { Part } from './part';
import { SpendAgainstLimit } from './spend-against-limit';
import { TeamBudget } from './team-budget';

interface RequestEvidenceProps {
  keyEvidence: KeyEvidence | null;
  team: TeamEvidence | null;
  earlier: readonly RequestSummary[];
  /** What is on the table; null while nothing readable is typed. */
  grant: Grant | null;
  /** Epoch milliseconds at which the figures were read. */
  now: number;
}

function WhatIfList({
  limits,
  keyEvidence,
  now,
}: {
  limits: readonly Limit[];
  keyEvidence: KeyEvidence;
  now: Date;
}) {
  const outlooks = limits.map((limit) => outlookOf(keyEvidence, limit, now));
  const from = keyEvidence.days.find(({ state }) => state !== 'missing')?.day;
  const hasPast = outlooks.some(({ past }) => past !== null);
  const pace = dailyPace(keyEvidence, utcDayOf(now));
  const missing = keyEvidence.days.filter(({ state }) => state === 'missing').length;
  return (
    <>
      <Part title="Pace and forecast">
        <ul className="flex list-disc flex-col gap-1 pl-4 text-sm">
          <li>
            {pace > 0
              ? `Over the last seven days it spent ${formatUsd(String(Math.round(pace * 100) / 100))} a day.`
              : 'It spent nothing in the last seven days.'}
          </li>
          {outlooks.map((outlook) => {
            const text = paceText(outlook);
            return text ? <li key={limitText(outlook.limit)}>{text}</li> : null;
          })}
        </ul>
      </Part>
      <Part title="What if">
        {hasPast && from ? (
          <ul className="flex list-disc flex-col gap-1 pl-4 text-sm">
            {outlooks.map(({ limit, past }) =>
              past ? <li key={limitText(limit)}>{whatIfText(limit, past)}</li> : null,
            )}
          </ul>
        ) : (
          <p className="text-muted text-sm">Too little is known of its past to tell.</p>
        )}
        {hasPast && from ? (
          <p className="text-muted text-xs">
            From the daily spend since {formatDay(from)}, by {keyEvidence.providerName}’s own reset in UTC.
            {missing > 0 ? ` ${missing} days are not known and count as nothing.` : ''}
          </p>
        ) : null}
      </Part>
    </>
  );
}

function Earlier({ earlier }: { earlier: readonly RequestSummary[] }) {
  if (earlier.length === 0) return <p className="text-muted text-sm">Nobody asked about this key before.</p>;
  return (
    <ul className="divide-y divide-line rounded-control border border-line bg-panel text-sm">
      {earlier.map(({ id, title, state, createdAt, requesterName }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-2.5 py-1.75">
          <Link href={`/requests/${id}`} className="rounded-tag underline-offset-2 hover:underline">
            {title}
          </Link>
          <span className="text-muted text-xs">
            {requestStateWords[state].label} · {requesterName}, {formatDayYear(createdAt)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What approver and requester see alike: the key's spend, where it leads, what the wish would mean, and the team. */
export function RequestEvidence({ keyEvidence, team, earlier, grant, now }: RequestEvidenceProps) {
  const at = new Date(now);
  const wished = grant?.kind === 'limit' ? grant.limit : null;
  const limits = keyEvidence ? [keyEvidence.limit, ...(wished ? [wished] : [])] : [];
  const distinct = limits.filter(
    (limit, index) => !limits.slice(0, index).some((one) => isSameLimit(one, limit)),
  );
  return (
    <>
      {keyEvidence ? (
        <>
          <Part title="60 days of spend">
            <p className="text-sm">
              {keyEvidence.left}
              {keyEvidence.isDisabled ? ' It is disabled.' : ''}
              {keyEvidence.baseLimit
                ? ` A raise holds; it goes back to ${limitText(keyEvidence.baseLimit)}.`
                : ''}
            </p>
            {keyEvidence.isShared ? (
              <p className="text-muted text-xs">
                On some of these days the key was not the team’s. Its limit counts them, the team’s month does
                not.
              </p>
            ) : null}
            <SpendAgainstLimit keyEvidence={keyEvidence} proposed={wished} />
          </Part>
          <WhatIfList limits={distinct} keyEvidence={keyEvidence} now={at} />
        </>
      ) : null}
      <Part title="The team’s month">
        {team ? <TeamBudget team={team} /> : <Notice tone="warn">This key belongs to no team.</Notice>}
      </Part>
      {keyEvidence ? (
        <Part title="Earlier requests for this key">
          <Earlier earlier={earlier} />
        </Part>
      ) : null}
    </>
  );
}
