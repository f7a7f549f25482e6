import { Panel } from '@/components/layout/page-frame';
import { Badge } from '@/components/ui/badge';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { formatPlural } from '@/lib/utils/format-number';
import { containerWords } from '@/lib/words/capability-facts';

/** The workspaces or groups of the account; nothing where the provider has none. */
export function ConnectionContainers({ connection }: { connection: ConnectionView }) {
  const kind = connection.capabilities.containers;
  if (kind === null) return null;
  const words = containerWords[kind];
  const { containers } = connection;
  return (
    <Panel>
      <h2 className="mb-2 font-semibold text-base">
        {containers.length === 0
          ? `No ${words.many} known yet`
          : formatPlural(containers.length, words.one, words.many)}
      </h2>
      {containers.length === 0 ? (
        <p className="text-muted">They appear with the first read of the keys.</p>
      ) : (
        <ul className="max-h-72 divide-y divide-line overflow-y-auto">
          {containers.map((container) => (
            <li key={container.id} className="flex items-center justify-between gap-3 py-1.5">
              <span className="min-w-0 break-words">{container.name}</span>
              {container.isDefault ? <Badge>default</Badge> : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
