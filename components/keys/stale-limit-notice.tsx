import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { Limit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { limitText } from '@/lib/words/limit-words';

const settingSchema = z.object({ limit: limitSchema, includeByokInLimit: z.boolean().nullable() });
const staleSchema = z.object({ seen: settingSchema, current: settingSchema });
export type StaleLimit = z.infer<typeof staleSchema>;

/** The values of a refusal because someone else was faster; null for any other error. */
export function staleLimitOf(error: unknown): StaleLimit | null {
  if (!error) return null;
  const { code, facts } = outcomeErrorOf(error);
  const parsed = staleSchema.safeParse(facts);
  return code === 'stale' && parsed.success ? parsed.data : null;
}

interface StaleLimitNoticeProps {
  stale: StaleLimit;
  mine: Limit | null;
  onKeepTheirs: () => void;
  onSetMine: () => void;
  isPending: boolean;
}

function words(setting: StaleLimit['seen']): string {
  return `${limitText(setting.limit)}${setting.includeByokInLimit ? ', BYOK counts' : ''}`;
}

/** Then, theirs and yours; the person chooses. */
export function StaleLimitNotice({ stale, mine, onKeepTheirs, onSetMine, isPending }: StaleLimitNoticeProps) {
  return (
    <Notice
      tone="warn"
      live="assertive"
      title="The limit was changed since you opened this form."
      actions={
        <>
          <Button size="sm" onClick={onKeepTheirs}>
            Keep theirs
          </Button>
          {mine ? (
            <Button size="sm" onClick={onSetMine} pending={isPending} pendingText="Setting yours…">
              Set mine: {limitText(mine)}
            </Button>
          ) : null}
        </>
      }
    >
      Nothing was overwritten.
      <KeyValueList
        className="mt-2"
        items={[
          { label: 'Then', value: words(stale.seen) },
          { label: 'Theirs, now', value: words(stale.current) },
          { label: 'Yours', value: mine ? limitText(mine) : 'not complete' },
        ]}
      />
    </Notice>
  );
}
