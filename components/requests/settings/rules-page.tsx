'use client';

import { useMemo, useState } from 'react';
import { PageFrame, Panel } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useUpdateRequestRules } from '@/lib/client/requests';
import { judgePastChanges, type PastChange } from '@/lib/domain/requests/past-changes';
import type { RequestRulesView } from '@/lib/domain/requests/request-rules';
import { formatUsd } from '@/lib/utils/format-money';
import { Part } from '../part';
import { CaughtChanges } from './caught-changes';
import {
  type AllDrafts,
  asEveryone,
  type RulesDraft,
  readEveryonesDraft,
  readTeamDraft,
  toDrafts,
} from './rules-draft';
import { RulesFields } from './rules-fields';

interface RulesPageProps {
  rules: RequestRulesView;
  past: readonly PastChange[];
}

function readTeams(drafts: AllDrafts) {
  return [...drafts.teams].map(([teamId, draft]) => ({ teamId, ...readTeamDraft(draft) }));
}

/** Amounts, envelopes and times, per team where wanted, and what they would have caught. */
export function RulesPage({ rules, past }: RulesPageProps) {
  const [drafts, setDrafts] = useState(() => toDrafts(rules));
  const update = useUpdateRequestRules();
  const everyone = readEveryonesDraft(drafts.everyone);
  const teams = readTeams(drafts);
  const isWrong = everyone.rules === null || teams.some(({ errors }) => Object.keys(errors).length > 0);
  const judged = useMemo(() => {
    const read = readEveryonesDraft(drafts.everyone).rules;
    return judgePastChanges(
      past,
      read ?? rules.everyone,
      new Map(readTeams(drafts).map(({ teamId, rules: own }) => [teamId, own])),
    );
  }, [drafts, past, rules.everyone]);

  function setTeam(teamId: number, draft: RulesDraft | null) {
    const next = new Map(drafts.teams);
    if (draft === null) next.delete(teamId);
    else next.set(teamId, draft);
    setDrafts({ ...drafts, teams: next });
  }

  async function save() {
    if (everyone.rules === null || isWrong) return;
    await update.mutateAsync({
      everyone: everyone.rules,
      teams: teams.map(({ teamId, rules: own }) => ({ teamId, rules: own })),
    });
    toast('The rules hold from now on.');
  }

  return (
    <PageFrame title="Rules of asking" meta="Who must agree before a limit, a key or an owner changes">
      <form
        noValidate
        className="flex w-full max-w-[860px] flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          // Told below by the mutation's own error.
          void save().catch(() => undefined);
        }}
      >
        <Part title="For everyone">
          <Panel>
            <RulesFields
              draft={drafts.everyone}
              errors={everyone.errors}
              onChange={(values) => setDrafts({ ...drafts, everyone: { ...drafts.everyone, ...values } })}
            />
          </Panel>
        </Part>
        <TeamRules rules={rules} drafts={drafts} onTeam={setTeam} />
        {update.error ? (
          <Notice tone="bad" live="assertive" title="The rules were not changed.">
            {outcomeErrorOf(update.error).message}
          </Notice>
        ) : null}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" disabled={isWrong} pending={update.isPending}>
            Set rules
          </Button>
          <p className="text-muted text-xs">Requests that wait are asked again where the new rules differ.</p>
        </div>
      </form>
      <Part title="What these rules would have caught">
        <CaughtChanges judged={judged} />
      </Part>
    </PageFrame>
  );
}

interface TeamRulesProps {
  rules: RequestRulesView;
  drafts: AllDrafts;
  onTeam: (teamId: number, draft: RulesDraft | null) => void;
}

function TeamRules({ rules, drafts, onTeam }: TeamRulesProps) {
  const others = rules.teams.filter(({ id }) => !drafts.teams.has(id));
  return (
    <Part title="Where a team differs">
      {rules.teams.length === 0 ? <p className="text-muted text-sm">There are no teams yet.</p> : null}
      {rules.teams.map(({ id, name, envelopeUsed }) => {
        const draft = drafts.teams.get(id);
        if (!draft) return null;
        return (
          <Panel key={id}>
            <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
              <h3 className="font-semibold">{name}</h3>
              <p className="text-muted text-xs">
                {formatUsd(envelopeUsed)} of its envelope was used this month.
              </p>
              <Button size="sm" aria-label={`As everyone: ${name}`} onClick={() => onTeam(id, null)}>
                As everyone
              </Button>
            </div>
            <RulesFields
              draft={draft}
              errors={readTeamDraft(draft).errors}
              everyone={drafts.everyone}
              onChange={(values) => onTeam(id, { ...draft, ...values })}
            />
          </Panel>
        );
      })}
      {others.length > 0 ? (
        <Field label="Let a team differ" className="w-64">
          <Select
            value=""
            onChange={({ target }) => {
              const teamId = Number(target.value);
              if (teamId > 0) onTeam(teamId, asEveryone);
            }}
          >
            <option value="">Choose a team</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
    </Part>
  );
}
