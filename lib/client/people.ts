'use client';

import { onlineManager, useMutation, useQueryClient } from '@tanstack/react-query';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import {
  acceptInvitationAction,
  changePasswordAction,
  createFirstAdminAction,
  createPasswordLinkAction,
  deleteInvitationAction,
  disableMemberAction,
  enableMemberAction,
  endSessionAction,
  endSessionsAction,
  inviteMemberAction,
  listMemberSessionsAction,
  resetPasswordAction,
  signOutAction,
  updateMemberRoleAction,
  updateProfileAction,
} from '@/lib/actions/people';
import type { Outcome } from '@/lib/domain/outcome';
import { outcomeErrorOf, unwrap } from './outcome';
import { goTo, signInOrAsk } from './sign-in';

function usePeopleMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    // Inputs hold passwords and answers hold one-time links: forget both with the form.
    gcTime: 0,
  });
}

export const useInviteMember = () => usePeopleMutation(inviteMemberAction);
export const useDeleteInvitation = () => usePeopleMutation(deleteInvitationAction);
export const useUpdateMemberRole = () => usePeopleMutation(updateMemberRoleAction);
export const useDisableMember = () => usePeopleMutation(disableMemberAction);
export const useEnableMember = () => usePeopleMutation(enableMemberAction);
export const useCreatePasswordLink = () => usePeopleMutation(createPasswordLinkAction);
export const useListMemberSessions = () => usePeopleMutation(listMemberSessionsAction);
export const useEndSession = () => usePeopleMutation(endSessionAction);
export const useEndSessions = () => usePeopleMutation(endSessionsAction);
export const useChangePassword = () => usePeopleMutation(changePasswordAction);
export const useUpdateProfile = () => usePeopleMutation(updateProfileAction);

/** Makes the first admin, signs them in and offers the first connection. */
export function useCreateFirstAdmin() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof createFirstAdminAction>[0]) => {
      const { email } = unwrap(await createFirstAdminAction(input));
      await signInOrAsk({ email, password: input.password }, '/connections/new?first=1');
    },
    gcTime: 0,
  });
}

/** Makes the invited person a member and signs them in. */
export function useAcceptInvitation() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof acceptInvitationAction>[0]) => {
      const { email } = unwrap(await acceptInvitationAction(input));
      await signInOrAsk({ email, password: input.password }, '/');
    },
    gcTime: 0,
  });
}

/** Chooses the new password of a link's person and signs them in with it. */
export function useResetPassword() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof resetPasswordAction>[0]) => {
      const { email } = unwrap(await resetPasswordAction(input));
      await signInOrAsk({ email, password: input.password }, '/');
    },
    gcTime: 0,
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      // From here on nobody is there to be answered: nothing more is asked, and what was asked is called off.
      onlineManager.setOnline(false);
      try {
        await client.cancelQueries();
        unwrap(await signOutAction());
      } catch (error) {
        onlineManager.setOnline(true);
        throw error;
      }
      goTo('/sign-in');
    },
    gcTime: 0,
  });
}

/** Puts a refusal beside the fields it names; the first of them gets the focus. Answers whether there was one. */
export function applyFieldErrors<Values extends FieldValues>(
  error: unknown,
  fields: readonly Path<Values>[],
  setError: UseFormSetError<Values>,
): boolean {
  const messages = outcomeErrorOf(error).fieldErrors ?? {};
  const named = fields.filter((field) => messages[field]?.[0] !== undefined);
  for (const [index, field] of named.entries()) {
    setError(field, { type: 'server', message: messages[field]?.[0] ?? '' }, { shouldFocus: index === 0 });
  }
  return named.length > 0;
}
