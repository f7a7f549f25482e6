'use client';

import { MoreHorizontal } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { deliveryStateWords } from '@/lib/domain/notifications/delivery';
import { topics, topicWords } from '@/lib/domain/notifications/topic';
import { webhookFormatWords } from '@/lib/domain/notifications/webhook-input';
import type { WebhookView } from '@/lib/domain/notifications/webhook-view';

export type WebhookAct = { readonly kind: 'change' | 'secret' | 'remove'; readonly webhook: WebhookView };

interface WebhookTableProps {
  webhooks: readonly WebhookView[];
  now: number;
  /** The one that is being tested. */
  testingId: string | null;
  onTest: (webhook: WebhookView) => void;
  onSwitch: (webhook: WebhookView) => void;
  onChoose: (act: WebhookAct) => void;
}

export function WebhookTable(props: WebhookTableProps) {
  const { webhooks, now, testingId, onTest } = props;
  return (
    <Table aria-label="Webhooks" cards>
      <THead>
        <Tr>
          <Th>Name</Th>
          <Th>Format</Th>
          <Th>Tells about</Th>
          <Th>Last delivery</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {webhooks.map((webhook) => (
          <Tr key={webhook.id}>
            <Td label="Name">
              <div className="min-w-0">
                <p className="font-medium">
                  {webhook.name} {webhook.isEnabled ? null : <Badge tone="warn">Off</Badge>}
                </p>
                <p className="break-all text-muted text-xs">{webhook.host}</p>
              </div>
            </Td>
            <Td label="Format">{webhookFormatWords[webhook.format].name}</Td>
            <Td label="Tells about">
              <span title={webhook.topics.map((topic) => topicWords[topic].label).join('\n')}>
                {webhook.topics.length === topics.length
                  ? 'Everything'
                  : `${webhook.topics.length} of ${topics.length} events`}
              </span>
            </Td>
            <Td label="Last delivery">
              <LastDelivery webhook={webhook} now={now} />
            </Td>
            <Td align="right" label="Actions">
              <div className="flex items-center justify-end gap-1">
                <Button
                  size="sm"
                  aria-label={`Send a test to ${webhook.name}`}
                  pending={testingId === webhook.id}
                  pendingText="Sending…"
                  onClick={() => onTest(webhook)}
                >
                  Send a test
                </Button>
                <WebhookMenu {...props} webhook={webhook} />
              </div>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function LastDelivery({ webhook: { lastDelivery }, now }: { webhook: WebhookView; now: number }) {
  if (!lastDelivery) return <span className="text-muted">None yet</span>;
  const { label, tone } = deliveryStateWords[lastDelivery.state];
  return (
    <span className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
      <Badge tone={tone}>{label}</Badge>
      <RelativeTime at={lastDelivery.at} now={now} />
      {lastDelivery.failure ? (
        <span className="w-full break-words text-muted text-xs">{lastDelivery.failure}</span>
      ) : null}
    </span>
  );
}

type WebhookMenuProps = Pick<WebhookTableProps, 'onSwitch' | 'onChoose'> & { webhook: WebhookView };

function WebhookMenu({ webhook, onSwitch, onChoose }: WebhookMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Actions for ${webhook.name}`}>
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => onChoose({ kind: 'change', webhook })}>Change</DropdownMenuItem>
        {webhook.format === 'json' ? (
          <DropdownMenuItem onSelect={() => onChoose({ kind: 'secret', webhook })}>
            New signing secret
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuItem onSelect={() => onSwitch(webhook)}>
          {webhook.isEnabled ? 'Switch off' : 'Switch on'}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={() => onChoose({ kind: 'remove', webhook })}>
          Remove
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
