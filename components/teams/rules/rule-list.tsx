'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/states';
import type { RuleCounts, RulesView } from '@/lib/domain/assignment/rules-view';
import { formatPlural } from '@/lib/utils/format-number';
import { ruleMatchText } from '@/lib/words/rule-words';
import type { DraftRule } from './use-rules-draft';

interface RuleListProps {
  rules: readonly DraftRule[];
  view: RulesView;
  /** What each rule would do, once these very rules were tried. */
  counts: readonly RuleCounts[] | null;
  onMove: (at: number, by: -1 | 1) => void;
  onChange: (rule: DraftRule) => void;
  onSwitch: (rule: DraftRule) => void;
  onRemove: (rule: DraftRule) => void;
}

function receiverText({ teamId, ownerId }: DraftRule, { teams, owners }: RulesView): string {
  const team = teams.find(({ id }) => id === teamId)?.name;
  const owner = owners.find(({ id }) => id === ownerId)?.name;
  if (team && owner) return `${team}, owned by ${owner}`;
  return team ?? (owner ? `owned by ${owner}` : 'nobody: the team or person is no longer here');
}

function countText({ gets, same, other }: RuleCounts): string {
  const parts = [`${formatPlural(gets, 'key')} would get something`];
  if (same > 0) parts.push(`${same} have it already`);
  if (other > 0) parts.push(`${other} belong elsewhere and stay`);
  return parts.join(', ');
}

/** The rules in their order; the first that matches a key holds. */
export function RuleList({ rules, view, counts, onMove, onChange, onSwitch, onRemove }: RuleListProps) {
  if (rules.length === 0) {
    return (
      <EmptyState title="No rules yet" className="py-8">
        A rule gives new keys a team and an owner by their name, workspace or group, label, or who made them.
      </EmptyState>
    );
  }
  return (
    <ol aria-label="Rules" className="m-0 list-none rounded-panel border border-line bg-panel p-0">
      {rules.map((rule, at) => {
        const count = counts?.[at];
        const named = `rule ${at + 1}`;
        return (
          <li
            key={rule.draftId}
            className="flex items-center gap-3 border-line border-b px-3.5 py-2.5 last:border-b-0 max-sm:flex-col max-sm:items-start"
          >
            <div className="min-w-0 flex-1">
              <p className="m-0 break-words">
                <span className="text-muted">{at + 1}.</span> {ruleMatchText(rule.match, view)}{' '}
                <span aria-hidden="true">→</span>{' '}
                <span className="font-semibold">{receiverText(rule, view)}</span>{' '}
                {rule.isEnabled ? null : <Badge>Off</Badge>}
              </p>
              {count ? <p className="m-0 text-muted text-xs">{countText(count)}</p> : null}
            </div>
            <div className="flex flex-wrap items-center gap-1">
              <Button
                size="icon"
                variant="ghost"
                aria-label={`Move ${named} up`}
                disabled={at === 0}
                onClick={() => onMove(at, -1)}
              >
                <ArrowUp aria-hidden="true" className="size-4" />
              </Button>
              <Button
                size="icon"
                variant="ghost"
                aria-label={`Move ${named} down`}
                disabled={at === rules.length - 1}
                onClick={() => onMove(at, 1)}
              >
                <ArrowDown aria-hidden="true" className="size-4" />
              </Button>
              <Button size="sm" aria-label={`Change ${named}`} onClick={() => onChange(rule)}>
                Change
              </Button>
              <Button
                size="sm"
                aria-label={`Switch ${named} ${rule.isEnabled ? 'off' : 'on'}`}
                onClick={() => onSwitch(rule)}
              >
                {rule.isEnabled ? 'Switch off' : 'Switch on'}
              </Button>
              <Button size="sm" aria-label={`Remove ${named}`} onClick={() => onRemove(rule)}>
                Remove
              </Button>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
