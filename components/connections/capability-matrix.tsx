import { Check, X } from 'lucide-react';
import { type Capabilities, capabilityWords, type Support } from '@/lib/domain/connections/capabilities';
import { cn } from '@/lib/utils/cn';
import { capabilityFacts } from '@/lib/words/capability-facts';

function SupportCell({ support }: { support: Support }) {
  const Mark = support.can ? Check : X;
  return (
    <span className="flex items-start gap-1.5">
      <Mark
        aria-hidden="true"
        className={cn('mt-0.75 size-3.5 shrink-0', support.can ? 'text-ok' : 'text-muted')}
      />
      {support.can ? 'Yes' : <span className="text-muted">No. {support.reason}</span>}
    </span>
  );
}

const rowClass = 'border-line border-b last:border-b-0';
const headClass = 'w-[44%] py-1.75 pr-4 pl-4 text-left align-top font-normal';
const cellClass = 'py-1.75 pr-3 align-top';

export interface CapabilityMatrixProps {
  capabilities: Capabilities;
  /** What it is the matrix of. */
  caption: string;
}

/** What a connection's provider can do, and why not where it cannot. */
export function CapabilityMatrix({ capabilities, caption }: CapabilityMatrixProps) {
  return (
    <table className="w-full border-collapse rounded-control text-sm">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {capabilityFacts(capabilities).map(({ label, text }) => (
          <tr key={label} className={rowClass}>
            <th scope="row" className={headClass}>
              {label}
            </th>
            <td className={cellClass}>{text}</td>
          </tr>
        ))}
        {capabilityWords.map(([name, words]) => (
          <tr key={name} className={rowClass}>
            <th scope="row" className={headClass}>
              {words}
            </th>
            <td className={cellClass}>
              <SupportCell support={capabilities[name]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
