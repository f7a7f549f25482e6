'use client';

import Link from 'next/link';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useApplyRules, useSaveRules, useTryRules } from '@/lib/client/assignment';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { RulesTry, RulesView } from '@/lib/domain/assignment/rules-view';
import { formatPlural } from '@/lib/utils/format-number';
import { RuleDialog } from './rule-dialog';
import { RuleList } from './rule-list';
import { TriedKeys } from './tried-keys';
import { type DraftRule, useRulesDraft } from './use-rules-draft';

/** Tries what stands here, saves what was tried, and lets saved rules work on keys that lack something. */
function useRuleActs(draft: ReturnType<typeof useRulesDraft>) {
  const [tried, setTried] = useState<{ of: string; result: RulesTry } | null>(null);
  const attempt = useTryRules();
  const save = useSaveRules();
  const apply = useApplyRules();
  const current = JSON.stringify(draft.given);
  const result = tried?.of === current ? tried.result : null;
  const failure = attempt.error ?? save.error ?? apply.error;

  async function tryNow() {
    save.reset();
    apply.reset();
    setTried({ of: current, result: await attempt.mutateAsync({ rules: draft.given }) });
  }

  async function saveNow() {
    if (!result) return;
    const { saved } = await save.mutateAsync({ rules: draft.given, digest: result.digest });
    draft.settle();
    toast(`${formatPlural(saved, 'rule')} saved. They hold for keys found from now on.`);
  }

  async function applyNow() {
    const { assigned } = await apply.mutateAsync({});
    setTried(null);
    toast(
      assigned === 0
        ? 'No key lacked what the rules say.'
        : `${formatPlural(assigned, 'key')} got what the rules say.`,
    );
  }

  const told = (work: Promise<unknown>) => void work.catch(() => undefined);
  return {
    result,
    failure,
    isTrying: attempt.isPending,
    isSaving: save.isPending,
    isApplying: apply.isPending,
    tryNow: () => told(tryNow()),
    saveNow: () => told(saveNow()),
    applyNow: () => told(applyNow()),
  };
}

/** Which team and owner new keys get: edited as a list, tried on all keys, then saved. */
export function RulesPage({ view }: { view: RulesView }) {
  const draft = useRulesDraft(view.rules);
  const [open, setOpen] = useState<DraftRule | 'new' | null>(null);
  const acts = useRuleActs(draft);
  const { rules, isEdited } = draft;
  const isBusy = acts.isTrying || acts.isSaving || acts.isApplying;
  return (
    <PageFrame
      title="Assignment rules"
      breadcrumb={
        <Link href="/teams" className="rounded-tag hover:underline">
          Teams
        </Link>
      }
      actions={<Button onClick={() => setOpen('new')}>Add rule</Button>}
    >
      <p className="m-0 max-w-[72ch] text-muted">
        The first rule that matches a key holds, and it only fills what the key lacks: nobody loses a key to a
        rule. Rules work on keys when they are first found, and on demand on all that lack a team or an owner.
      </p>
      <RuleList
        rules={rules}
        view={view}
        counts={acts.result?.byRule ?? null}
        onMove={draft.move}
        onChange={setOpen}
        onSwitch={({ draftId, ...rule }) => draft.put({ ...rule, isEnabled: !rule.isEnabled }, draftId)}
        onRemove={({ draftId }) => draft.remove(draftId)}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={acts.result ? 'secondary' : 'primary'}
          pending={acts.isTrying}
          pendingText="Trying…"
          disabled={isBusy && !acts.isTrying}
          onClick={acts.tryNow}
        >
          Try on all keys
        </Button>
        <Button
          variant={acts.result && isEdited ? 'primary' : 'secondary'}
          disabled={!acts.isSaving && (!acts.result || !isEdited || isBusy)}
          pending={acts.isSaving}
          pendingText="Saving…"
          onClick={acts.saveNow}
        >
          Save rules
        </Button>
        <Button
          disabled={!acts.isApplying && (isEdited || rules.length === 0 || view.lacking === 0 || isBusy)}
          pending={acts.isApplying}
          pendingText="Assigning…"
          onClick={acts.applyNow}
        >
          Apply to {formatPlural(view.lacking, 'key')} without team or owner
        </Button>
        {isEdited && !acts.result ? (
          <span className="text-muted text-xs">Rules are saved after they were tried.</span>
        ) : null}
      </div>
      {acts.failure ? (
        <Notice tone="bad" live="assertive" title="Nothing was changed.">
          {outcomeErrorOf(acts.failure).message}
        </Notice>
      ) : null}
      {acts.result ? <TriedKeys tried={acts.result} /> : null}
      {open ? (
        <RuleDialog
          rule={open === 'new' ? null : open}
          view={view}
          onClose={() => setOpen(null)}
          onDone={(rule) => {
            draft.put(rule, open === 'new' ? null : open.draftId);
            setOpen(null);
          }}
        />
      ) : null}
    </PageFrame>
  );
}
