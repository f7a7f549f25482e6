'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useSendAgain } from '@/lib/client/webhooks';
import { type DeliveryView, deliveryStateWords } from '@/lib/domain/notifications/delivery';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

interface DeliveryTableProps {
  items: readonly DeliveryView[];
  now: number;
}

export function DeliveryTable({ items, now }: DeliveryTableProps) {
  const again = useSendAgain();
  const sendAgain = (item: DeliveryView) =>
    again.mutate(
      { deliveryId: item.id },
      {
        onSuccess: () => toast(item.state === 'waiting' ? 'It is tried now.' : 'It is sent again.'),
        onError: (error) => toast.error(outcomeErrorOf(error).message),
      },
    );
  return (
    <Table aria-label="Deliveries" cards>
      <THead>
        <Tr>
          <Th>What</Th>
          <Th>To</Th>
          <Th>State</Th>
          <Th>When</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {items.map((item) => (
          <Tr key={item.id}>
            <Td label="What">
              <span className="break-words">{item.subject}</span>
              {item.isRepetition ? <span className="text-muted"> · sent again</span> : null}
            </Td>
            <Td label="To">
              <div className="min-w-0">
                <p>{item.target}</p>
                <p className="break-all text-muted text-xs">
                  {item.channel === 'email' ? 'Email' : 'Webhook'}
                  {item.address ? ` · ${item.address}` : null}
                </p>
              </div>
            </Td>
            <Td label="State">
              <DeliveryStateCell item={item} />
            </Td>
            <Td label="When">
              <RelativeTime at={item.deliveredAt ?? item.createdAt} now={now} />
            </Td>
            <Td align="right" label="Actions">
              <Button
                size="sm"
                aria-label={`${item.state === 'waiting' ? 'Try now' : 'Send again'}: ${item.subject}, to ${item.target}`}
                pending={again.isPending && again.variables.deliveryId === item.id}
                onClick={() => sendAgain(item)}
              >
                {item.state === 'waiting' ? 'Try now' : 'Send again'}
              </Button>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function DeliveryStateCell({ item }: { item: DeliveryView }) {
  const { label, tone } = deliveryStateWords[item.state];
  const tries = item.attempts > 1 ? formatPlural(item.attempts, 'try', 'tries') : null;
  const isRetried = item.state === 'waiting' && item.attempts > 0 && item.nextTryAt;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
        <Badge tone={isRetried ? 'warn' : tone}>{label}</Badge>
        {tries ? <span className="text-muted text-xs">{tries}</span> : null}
      </p>
      {item.failure ? <p className="break-words text-muted text-xs">{item.failure}</p> : null}
      {isRetried ? <p className="text-muted text-xs">Next try {formatDateTime(isRetried)}</p> : null}
    </div>
  );
}
