'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { endCurrentSession } from '@/lib/auth/end-current-session';
import { getSessionId } from '@/lib/auth/get-actor';
import { runPublicAction } from '@/lib/auth/run-public-action';
import { invitationUrl, newPasswordUrl, sessionIdleMinutes } from '@/lib/auth/sign-in-settings';
import type { Outcome } from '@/lib/domain/outcome';
import {
  endSessionSchema,
  type MemberIdInput,
  memberIdSchema,
  type UpdateMemberRoleInput,
  type UpdateProfileInput,
  updateMemberRoleSchema,
  updateProfileSchema,
} from '@/lib/domain/people/member-input';
import {
  type AcceptInvitationInput,
  acceptInvitationSchema,
  type CreateFirstAdminInput,
  createFirstAdminSchema,
  type DeleteInvitationInput,
  deleteInvitationSchema,
  inviteMemberSchema,
  type ResetPasswordInput,
  resetPasswordSchema,
} from '@/lib/domain/people/one-time-link';
import { type ChangePasswordInput, changePasswordSchema } from '@/lib/domain/people/password';
import { type UpdatePreferencesInput, updatePreferencesSchema } from '@/lib/domain/people/preferences';
import { requireUser } from '@/lib/server/context';
import { acceptInvitation } from '@/lib/server/people/accept-invitation';
import { changePassword } from '@/lib/server/people/change-password';
import { createFirstAdmin } from '@/lib/server/people/create-first-admin';
import { createPasswordLink } from '@/lib/server/people/create-password-link';
import { deleteInvitation } from '@/lib/server/people/delete-invitation';
import { disableMember } from '@/lib/server/people/disable-member';
import { enableMember } from '@/lib/server/people/enable-member';
import { endSession } from '@/lib/server/people/end-session';
import { endSessions } from '@/lib/server/people/end-sessions';
import { inviteMember } from '@/lib/server/people/invite-member';
import { listSessions } from '@/lib/server/people/list-sessions';
import { resetPassword } from '@/lib/server/people/reset-password';
import { updateMemberRole } from '@/lib/server/people/update-member-role';
import { updatePreferences } from '@/lib/server/people/update-preferences';
import { updateProfile } from '@/lib/server/people/update-profile';
import { runAction } from './run-action';

/** Draws the page anew when something changed. */
async function refreshed<T>(pending: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const outcome = await pending;
  if (outcome.ok) refresh();
  return outcome;
}

export async function createFirstAdminAction(input: CreateFirstAdminInput) {
  return runPublicAction(createFirstAdminSchema, input, createFirstAdmin);
}

export async function acceptInvitationAction(input: AcceptInvitationInput) {
  return runPublicAction(acceptInvitationSchema, input, acceptInvitation);
}

export async function resetPasswordAction(input: ResetPasswordInput) {
  return runPublicAction(resetPasswordSchema, input, resetPassword);
}

export async function createPasswordLinkAction(input: MemberIdInput) {
  return runAction(memberIdSchema, input, async (context, wish) => {
    const { token, expiresAt } = await createPasswordLink(context, wish);
    return { url: newPasswordUrl(token), expiresAt: expiresAt.toISOString() };
  });
}

export async function inviteMemberAction(input: z.input<typeof inviteMemberSchema>) {
  return refreshed(
    runAction(inviteMemberSchema, input, async (context, wish) => {
      const { token, expiresAt } = await inviteMember(context, wish);
      return { url: invitationUrl(token), expiresAt: expiresAt.toISOString() };
    }),
  );
}

export async function deleteInvitationAction(input: DeleteInvitationInput) {
  return refreshed(runAction(deleteInvitationSchema, input, deleteInvitation));
}

export async function updateMemberRoleAction(input: UpdateMemberRoleInput) {
  return refreshed(runAction(updateMemberRoleSchema, input, updateMemberRole));
}

export async function disableMemberAction(input: MemberIdInput) {
  return refreshed(runAction(memberIdSchema, input, disableMember));
}

export async function enableMemberAction(input: MemberIdInput) {
  return refreshed(runAction(memberIdSchema, input, enableMember));
}

export async function listMemberSessionsAction(input: MemberIdInput) {
  return runAction(memberIdSchema, input, async (context, { userId }) =>
    listSessions(context, {
      userId,
      currentSessionId: await getSessionId(),
      idleMinutes: sessionIdleMinutes(),
    }),
  );
}

export async function endSessionAction(input: z.input<typeof endSessionSchema>) {
  return refreshed(runAction(endSessionSchema, input, endSession));
}

/** Ends the sessions of a person; of oneself all but the one that asks. */
export async function endSessionsAction(input: MemberIdInput) {
  return refreshed(
    runAction(memberIdSchema, input, async (context, { userId }) => {
      const isOwn = requireUser(context).id === userId;
      return endSessions(context, { userId, exceptSessionId: isOwn ? await getSessionId() : null });
    }),
  );
}

export async function changePasswordAction(input: ChangePasswordInput) {
  return refreshed(
    runAction(changePasswordSchema, input, async (context, wish) =>
      changePassword(context, { ...wish, currentSessionId: await getSessionId() }),
    ),
  );
}

export async function updateProfileAction(input: UpdateProfileInput) {
  return refreshed(runAction(updateProfileSchema, input, updateProfile));
}

export async function updatePreferencesAction(input: UpdatePreferencesInput) {
  return runAction(updatePreferencesSchema, input, updatePreferences);
}

/** Ends the session of this browser. Works for a session that ended meanwhile too. */
export async function signOutAction(): Promise<Outcome<null>> {
  return runPublicAction(z.undefined(), undefined, async () => {
    await endCurrentSession();
    return null;
  });
}
