'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type AssignmentRule, assignmentRuleSchema } from '@/lib/domain/assignment/rule';
import type { RulesView } from '@/lib/domain/assignment/rules-view';

interface RuleDialogProps {
  /** The rule to change; a new one without it. */
  rule: AssignmentRule | null;
  view: RulesView;
  onClose: () => void;
  onDone: (rule: AssignmentRule) => void;
}

type Draft = {
  name: string;
  connection: string;
  container: string;
  labelName: string;
  labelValue: string;
  creator: string;
  team: string;
  owner: string;
};

function draftOf(rule: AssignmentRule | null): Draft {
  const match = rule?.match;
  return {
    name: match?.name ?? '',
    connection: String(match?.connectionId ?? ''),
    container: String(match?.containerId ?? ''),
    labelName: match?.label?.name ?? '',
    labelValue: match?.label?.value ?? '',
    creator: match?.creator ?? '',
    team: String(rule?.teamId ?? ''),
    owner: rule?.ownerId ?? '',
  };
}

function readDraft(draft: Draft, isEnabled: boolean) {
  const number = (text: string) => (text === '' ? null : Number(text));
  const labelName = draft.labelName.trim();
  return assignmentRuleSchema.safeParse({
    match: {
      name: draft.name,
      connectionId: number(draft.connection),
      containerId: number(draft.container),
      label: labelName === '' ? null : { name: labelName, value: draft.labelValue.trim() || null },
      creator: draft.creator,
    },
    teamId: number(draft.team),
    ownerId: draft.owner || null,
    isEnabled,
  });
}

interface ChoiceProps {
  label: string;
  none: string;
  value: string;
  options: readonly { readonly id: number | string; readonly name: string }[];
  onChange: (value: string) => void;
  error?: string | undefined;
}

function Choice({ label, none, value, options, onChange, error }: ChoiceProps) {
  return (
    <Field label={label} error={error}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What a key must be like, and who gets it then. */
export function RuleDialog({ rule, view, onClose, onDone }: RuleDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [faults, setFaults] = useState<Partial<Record<'name' | 'team', string>>>({});
  const set = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));

  function done() {
    const read = readDraft(draft, rule?.isEnabled ?? true);
    if (read.success) return onDone(read.data);
    const issueOf = (part: string) => read.error.issues.find(({ path }) => path[0] === part)?.message;
    setFaults({ name: issueOf('match') ?? '', team: issueOf('teamId') ?? '' });
  }

  const containers = view.containers.map(({ id, name, connection }) => ({
    id,
    name: `${name} · ${connection}`,
  }));
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title={rule ? 'Change rule' : 'Add a rule'}
          description="A key must be like everything that is said here. What is left open does not matter."
        />
        <DialogBody>
          <Field
            label="Name of the key"
            hint="* stands for anything: search-*"
            error={faults.name || undefined}
          >
            <Input
              autoComplete="off"
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Choice
            label="Connection"
            none="Any"
            value={draft.connection}
            options={view.connections}
            onChange={(connection) => set({ connection })}
          />
          <Choice
            label="Workspace or group"
            none="Any"
            value={draft.container}
            options={containers}
            onChange={(container) => set({ container })}
          />
          <div className="grid grid-cols-2 gap-3">
            <Choice
              label="Label"
              none="Any"
              value={draft.labelName}
              options={view.labels.map((name) => ({ id: name, name }))}
              onChange={(labelName) => set({ labelName })}
            />
            <Field label="Value of the label" note="optional">
              <Input
                autoComplete="off"
                disabled={draft.labelName === ''}
                value={draft.labelValue}
                onChange={(event) => set({ labelValue: event.target.value })}
              />
            </Field>
          </div>
          <Field label="Address of who made it" hint="*@example.com among others">
            <Input
              autoComplete="off"
              value={draft.creator}
              onChange={(event) => set({ creator: event.target.value })}
            />
          </Field>
          <Choice
            label="Goes to the team"
            none="No team by this rule"
            value={draft.team}
            options={view.teams}
            onChange={(team) => set({ team })}
            error={faults.team || undefined}
          />
          <Choice
            label="Gets the owner"
            none="No owner by this rule"
            value={draft.owner}
            options={view.owners}
            onChange={(owner) => set({ owner })}
          />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={done}>
            {rule ? 'Change rule' : 'Add rule'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
