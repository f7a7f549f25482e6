import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { RequestEventView } from '@/lib/domain/requests/request-view';
import { editText } from '@/lib/words/request-edit-words';
import { basisChangeWords, grantText, requestEventWords } from '@/lib/words/request-words';

interface RequestHistoryProps {
  events: readonly RequestEventView[];
  now: number;
}

function detailOf({ kind, grant, changed, edits }: RequestEventView): string | null {
  if (kind === 'approved' && grant) return grantText(grant);
  if (kind === 'edited') return editText(edits);
  if (kind === 'basis_changed' && changed.length > 0) {
    return `because ${changed.map((change) => basisChangeWords[change]).join(' and ')} changed`;
  }
  return null;
}

/** Every step, oldest first, with who took it and what they wrote. */
export function RequestHistory({ events, now }: RequestHistoryProps) {
  return (
    <ol className="flex flex-col divide-y divide-line rounded-control border border-line bg-panel text-sm">
      {events.map((event) => {
        const detail = detailOf(event);
        return (
          <li key={event.id} className="px-2.5 py-1.75">
            <p className="flex flex-wrap items-baseline gap-x-1.5">
              <span className="font-semibold">{event.actorName}</span>
              <span>{requestEventWords[event.kind]}</span>
              {detail ? <span>{detail}</span> : null}
              {event.isVoid ? <Badge tone="warn">Void</Badge> : null}
              <RelativeTime
                at={event.at}
                now={now}
                className="ml-auto whitespace-nowrap text-muted text-xs"
              />
            </p>
            {event.words ? <p className="whitespace-pre-line break-words">{event.words}</p> : null}
          </li>
        );
      })}
    </ol>
  );
}
