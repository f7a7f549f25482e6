'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { MemberView } from '@/lib/domain/people/member-view';
import { roleWords } from '@/lib/domain/people/role';
import { formatCount } from '@/lib/utils/format-number';
import { DisableDialog } from './disable-dialog';
import type { MemberAct } from './member-act';
import { MemberMenu } from './member-menu';
import { PasswordLinkDialog } from './password-link-dialog';
import { RoleDialog } from './role-dialog';
import { SessionsDialog } from './sessions-dialog';

export interface MemberTableProps {
  members: readonly MemberView[];
  selfId: string;
  canWrite: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

export function MemberTable({ members, selfId, canWrite, now }: MemberTableProps) {
  const [act, setAct] = useState<MemberAct | null>(null);
  return (
    <>
      <Table aria-label="Members" cards>
        <THead>
          <Tr>
            <Th>Name</Th>
            <Th>Role</Th>
            <Th>Teams</Th>
            <Th>Status</Th>
            <Th>Last seen</Th>
            <Th align="right">Sessions</Th>
            {canWrite ? (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            ) : null}
          </Tr>
        </THead>
        <TBody>
          {members.map((member) => (
            <Tr key={member.id}>
              <MemberCells member={member} isSelf={member.id === selfId} now={now} />
              {canWrite ? (
                <Td align="right" label="Actions">
                  <MemberMenu member={member} isSelf={member.id === selfId} onChoose={setAct} />
                </Td>
              ) : null}
            </Tr>
          ))}
        </TBody>
      </Table>
      <ActDialog act={act} now={now} onAct={setAct} />
    </>
  );
}

function MemberCells({ member, isSelf, now }: { member: MemberView; isSelf: boolean; now: number }) {
  return (
    <>
      <Td>
        <div className="min-w-0">
          <p className="font-medium">
            {member.name}
            {isSelf ? <span className="text-muted"> (you)</span> : null}
          </p>
          <p className="break-words text-muted text-xs">
            {member.email}
            {member.hasSingleSignOn ? ' · single sign-on' : null}
          </p>
        </div>
      </Td>
      <Td label="Role">{roleWords[member.role].name}</Td>
      <Td label="Teams">{member.teams.length > 0 ? member.teams.join(', ') : <None />}</Td>
      <Td label="Status">
        {member.status === 'active' ? <Badge tone="ok">Active</Badge> : <Badge tone="warn">Disabled</Badge>}
      </Td>
      <Td label="Last seen">
        {member.lastSeenAt ? <RelativeTime at={member.lastSeenAt} now={now} /> : 'Never'}
      </Td>
      <Td label="Sessions" align="right">
        {formatCount(member.sessionCount)}
      </Td>
    </>
  );
}

function None() {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">None</span>
    </span>
  );
}

interface ActDialogProps {
  act: MemberAct | null;
  now: number;
  onAct: (act: MemberAct | null) => void;
}

function ActDialog({ act, now, onAct }: ActDialogProps) {
  if (act === null) return null;
  const close = () => onAct(null);
  const { member } = act;
  switch (act.kind) {
    case 'role':
      return <RoleDialog member={member} onClose={close} />;
    case 'sessions':
      return <SessionsDialog member={member} now={now} onClose={close} />;
    case 'password':
      return <PasswordLinkDialog member={member} onClose={close} />;
    case 'disable':
      return (
        <DisableDialog
          member={member}
          onClose={close}
          onSessions={() => onAct({ kind: 'sessions', member })}
        />
      );
  }
}
