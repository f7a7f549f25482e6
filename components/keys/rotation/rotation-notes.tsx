'use client';

import { useFormContext, useWatch } from 'react-hook-form';
import { Notice } from '@/components/ui/notice';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { quietHoursSchema } from '@/lib/domain/rotation/rotation-input';
import type { RotationPreview } from '@/lib/domain/rotation/rotation-view';
import { formatUsd } from '@/lib/utils/format-money';
import { retireText, rotationNoteText } from '@/lib/words/rotation-words';
import type { RotateForm } from './rotate-form';

interface RotationNotesProps {
  row: KeyRow;
  preview: RotationPreview;
}

/** What does not come along, and what becomes of the old key: before anything happens. */
export function RotationNotes({ row, preview }: RotationNotesProps) {
  const { control } = useFormContext<RotateForm>();
  const hours = quietHoursSchema.safeParse(Number(useWatch({ control, name: 'quietHours' })));
  const { providerName, capabilities } = row.connection;
  return (
    <>
      <Notice tone="warn" title="What cannot be copied">
        <ul className="mt-1 list-disc space-y-1 pl-4">
          <li>The secret: whatever uses this key must be given the new one.</li>
          {preview.notes.map((note) => (
            <li key={note.kind}>
              {rotationNoteText(note, providerName)}
              {note.kind === 'limit_starts_anew' && row.used !== null
                ? ` The ${formatUsd(row.used)} spent of it so far stay with this key.`
                : ''}
            </li>
          ))}
          <li>
            What was set on this key at {providerName} itself, such as its guardrail: set it there on the new
            key.
          </li>
        </ul>
      </Notice>
      <Notice title="What becomes of this key.">
        {retireText(capabilities.disable.can, providerName, {
          lowestCap: capabilities.lowestCap,
          graceDays: preview.graceDays,
          quietHours: hours.success ? hours.data : 0,
        })}{' '}
        Until then you can wait longer, retire it at once, or go back.
      </Notice>
    </>
  );
}
