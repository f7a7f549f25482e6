'use client';

import { useState } from 'react';
import type { AssignmentRule } from '@/lib/domain/assignment/rule';

/** A rule with a name of its own, by which a list can be drawn while rules move. */
export type DraftRule = AssignmentRule & { readonly draftId: number };

let lastId = 0;
function named(rule: AssignmentRule): DraftRule {
  lastId += 1;
  return { ...rule, draftId: lastId };
}

function withoutNames(rules: readonly DraftRule[]): AssignmentRule[] {
  return rules.map(({ draftId: _, ...rule }) => rule);
}

/** The rules while they are edited; nothing is saved by it. */
export function useRulesDraft(saved: readonly AssignmentRule[]) {
  const [base, setBase] = useState(saved);
  const [rules, setRules] = useState(() => saved.map(named));
  const given = withoutNames(rules);

  function put(rule: AssignmentRule, draftId: number | null) {
    setRules((known) =>
      draftId === null
        ? [...known, named(rule)]
        : known.map((each) => (each.draftId === draftId ? { ...rule, draftId } : each)),
    );
  }

  function move(at: number, by: -1 | 1) {
    setRules((known) => {
      const moved = known[at];
      const other = known[at + by];
      if (!moved || !other) return known;
      return known.map((each, place) => (place === at ? other : place === at + by ? moved : each));
    });
  }

  return {
    rules,
    given,
    isEdited: JSON.stringify(given) !== JSON.stringify(base),
    put,
    move,
    remove: (draftId: number) => setRules((known) => known.filter((each) => each.draftId !== draftId)),
    /** What stands here is saved now. */
    settle: () => setBase(given),
  };
}
