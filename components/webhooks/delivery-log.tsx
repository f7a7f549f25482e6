'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { deliveriesQuery } from '@/lib/client/webhooks';
import { type DeliveriesView, type DeliveryState, deliveryStates } from '@/lib/domain/notifications/delivery';
import { DeliveryTable } from './delivery-table';

const PAGE = 50;
const MOST = 500;

interface DeliveryLogProps {
  initial: DeliveriesView;
  initialState: DeliveryState | null;
  now: number;
}

/** Every email and webhook call that went out or is still to go. */
export function DeliveryLog({ initial, initialState, now }: DeliveryLogProps) {
  const [state, setState] = useQueryState('state', parseAsStringLiteral(deliveryStates));
  const [limit, setLimit] = useState(PAGE);
  const isFirst = state === initialState && limit === PAGE;
  const { data, error, refetch } = useQuery({
    ...deliveriesQuery({ state, limit }),
    ...(isFirst ? { initialData: initial } : {}),
  });
  return (
    <PageFrame
      title="Deliveries"
      meta="Emails and webhook calls, newest first"
      breadcrumb={
        <Link href="/settings/webhooks" className="hover:underline">
          Webhooks
        </Link>
      }
    >
      <Segmented
        aria-label="Show"
        value={state ?? 'all'}
        onValueChange={(value) => void setState(value === 'all' ? null : value)}
        options={[
          { value: 'all', label: 'All' },
          { value: 'waiting', label: 'Waiting' },
          { value: 'delivered', label: 'Delivered' },
          { value: 'failed', label: 'Failed' },
        ]}
      />
      {error && !data ? (
        <ErrorState actions={<Button onClick={() => void refetch()}>Try again</Button>}>
          {outcomeErrorOf(error).message}
        </ErrorState>
      ) : null}
      {data?.items.length === 0 ? (
        <EmptyState title={state === null ? 'Nothing went out yet' : 'Nothing here'}>
          Emails and webhook calls stand here with how they went, and can be sent again.
        </EmptyState>
      ) : null}
      {data && data.items.length > 0 ? <DeliveryTable items={data.items} now={now} /> : null}
      {data?.hasOlder && limit < MOST ? (
        <Button className="self-start" onClick={() => setLimit(Math.min(MOST, limit + PAGE))}>
          Show older
        </Button>
      ) : null}
    </PageFrame>
  );
}
