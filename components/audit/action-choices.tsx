'use client';

import { CheckboxField } from '@/components/ui/checkbox';
import { auditActionText, groupAuditActions } from '@/lib/words/audit-words';

interface ActionChoicesProps {
  actions: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** The actions that occur, under their headings; any number of them. */
export function ActionChoices({ actions, chosen, onChange }: ActionChoicesProps) {
  const offered = [...new Set([...actions, ...chosen])];
  function toggle(action: string, isChosen: boolean) {
    onChange(isChosen ? [...chosen, action] : chosen.filter((item) => item !== action));
  }
  if (offered.length === 0) return <p className="text-muted text-sm">Nothing was done yet.</p>;
  return (
    <div className="flex max-h-80 flex-col gap-3 overflow-y-auto">
      {groupAuditActions(offered).map((group) => (
        <fieldset key={group.label} className="flex flex-col gap-1">
          <legend className="pb-1 text-muted text-xs">{group.label}</legend>
          {group.actions.map((action) => (
            <CheckboxField
              key={action}
              label={auditActionText(action)}
              checked={chosen.includes(action)}
              onChange={(event) => toggle(action, event.target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
