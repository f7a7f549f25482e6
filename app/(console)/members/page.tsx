import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { InvitationList } from '@/components/members/invitation-list';
import { InviteDialog } from '@/components/members/invite-dialog';
import { MemberTable } from '@/components/members/member-table';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { sessionIdleMinutes } from '@/lib/auth/sign-in-settings';
import { reachOf } from '@/lib/domain/people/permission';
import { listInvitations, listMembers } from '@/lib/server/people/list-members';
import { formatPlural } from '@/lib/utils/format-number';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const context = await requirePageContext();
  const { id, role } = context.actor;
  if (reachOf(role, 'members.read') === null) {
    return (
      <PageFrame title="Members">
        <NoPermissionState>Admins and finance see who is a member here.</NoPermissionState>
      </PageFrame>
    );
  }
  const canWrite = reachOf(role, 'members.write') !== null;
  const members = await listMembers(context, { idleMinutes: sessionIdleMinutes() });
  const invitations = await listInvitations(context);
  const now = context.now().getTime();
  return (
    <PageFrame
      title="Members"
      meta={formatPlural(members.length, 'person', 'people')}
      actions={canWrite ? <InviteDialog /> : null}
    >
      <MemberTable members={members} selfId={id} canWrite={canWrite} now={now} />
      {invitations.length > 0 ? (
        <InvitationList invitations={invitations} canWrite={canWrite} now={now} />
      ) : null}
      {members.length === 1 && invitations.length === 0 && canWrite ? (
        <p className="text-muted">
          You are the only member. Invite finance to read the spend, and team leads to see their teams’ keys.
        </p>
      ) : null}
    </PageFrame>
  );
}
