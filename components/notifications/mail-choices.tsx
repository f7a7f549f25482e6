'use client';

import { useState } from 'react';
import { CheckboxField } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useChooseMail } from '@/lib/client/notifications';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { MailChoicesView } from '@/lib/domain/notifications/notification-view';
import type { Topic } from '@/lib/domain/notifications/topic';

/** Which notifications come by email too; each switch is kept at once. */
export function MailChoices({ choices }: { choices: MailChoicesView }) {
  const isHydrated = useHydrated();
  const choose = useChooseMail();
  const [chosen, setChosen] = useState<ReadonlyMap<Topic, boolean>>(
    () => new Map(choices.topics.map(({ topic, isMailed }) => [topic, isMailed])),
  );
  const put = (topic: Topic, isMailed: boolean) =>
    setChosen((before) => new Map(before).set(topic, isMailed));

  function change(topic: Topic, isMailed: boolean) {
    put(topic, isMailed);
    choose.mutate(
      { topic, isMailed },
      {
        onError: (error) => {
          put(topic, !isMailed);
          toast.error(outcomeErrorOf(error).message);
        },
      },
    );
  }

  const groups = [...new Set(choices.topics.map(({ group }) => group))];
  return (
    <div className="flex flex-col gap-4">
      {choices.isMailSet ? (
        <p className="text-muted">
          The bell shows all of it. What you tick comes to {choices.email} as well.
        </p>
      ) : (
        <Notice tone="warn">
          This installation sends no email yet. What you tick holds once an admin of the server sets SMTP_URL.
        </Notice>
      )}
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {groups.map((group) => (
          <fieldset key={group} disabled={!isHydrated} className="flex min-w-0 flex-col gap-1.5">
            <legend className="mb-1.5 text-muted text-xs">{group}</legend>
            {choices.topics
              .filter((each) => each.group === group)
              .map(({ topic, label }) => (
                <CheckboxField
                  key={topic}
                  label={label}
                  checked={chosen.get(topic) ?? false}
                  onChange={(event) => change(topic, event.target.checked)}
                />
              ))}
          </fieldset>
        ))}
      </div>
    </div>
  );
}
