import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { WebhookTestView } from '@/lib/domain/notifications/webhook-view';
import { formatCount } from '@/lib/utils/format-number';

export type TestedWebhook = { readonly name: string; readonly result: WebhookTestView };

/** What the receiver of a test said. */
export function TestAnswer({ tested, onClose }: { tested: TestedWebhook; onClose: () => void }) {
  const { name, result } = tested;
  const time = `${formatCount(result.durationMs)} ms`;
  return (
    <Notice
      tone={result.isDelivered ? 'ok' : 'bad'}
      live="polite"
      title={result.isDelivered ? `${name} took the test.` : `${name} did not take the test.`}
      actions={
        <Button size="sm" onClick={onClose}>
          Close
        </Button>
      }
    >
      {result.failure ?? `It answered ${result.status}`} {result.failure ? `After ${time}.` : `in ${time}.`}
      {result.answer ? (
        <pre className="mt-2 whitespace-pre-wrap break-all rounded-control border border-line bg-panel p-2 font-mono text-ink text-xs">
          {result.answer}
        </pre>
      ) : null}
    </Notice>
  );
}
