'use client';

import { useMutation } from '@tanstack/react-query';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import {
  acceptInvitationAction,
  changePasswordAction,
  createFirstAdminAction,
  deleteInvitationAction,
  disableMemberAction,
  enableMemberAction,
  endSessionAction,
  endSessionsAction,
  inviteMemberAction,
  listMemberSessionsAction,
  signOutAction,
  updateMemberRoleAction,
  updateProfileAction,
} from '@/lib/actions/people';
import { signInWithPassword, startSingleSignOn } from '@/lib/auth/client';
import type { Outcome } from '@/lib/domain/outcome';
import type { SignInInput } from '@/lib/domain/people/sign-in-input';
import { outcomeErrorOf, unwrap } from './outcome';

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
export const useListMemberSessions = () => usePeopleMutation(listMemberSessionsAction);
export const useEndSession = () => usePeopleMutation(endSessionAction);
export const useEndSessions = () => usePeopleMutation(endSessionsAction);
export const useChangePassword = () => usePeopleMutation(changePasswordAction);
export const useUpdateProfile = () => usePeopleMutation(updateProfileAction);

/**
 * Loads a page afresh, so that nothing of the former person stays in memory. Where one stands already the page is
 * reloaded as it is, its fragment included: that may hold the key of a link, and is stored nowhere else.
 */
function goTo(path: string): void {
  const { pathname, search } = window.location;
  if (path === `${pathname}${search}`) window.location.reload();
  else window.location.assign(path);
}

async function signInOrAsk(input: SignInInput, next: string): Promise<void> {
  const refusal = await signInWithPassword(input);
  goTo(refusal === null ? next : '/sign-in');
}

/** Signs in and goes on to `next`; answers why not otherwise. */
export function useSignIn(next: string) {
  return useMutation({
    mutationFn: async (input: SignInInput) => {
      const refusal = await signInWithPassword(input);
      if (refusal === null) goTo(next);
      return refusal;
    },
    gcTime: 0,
  });
}

export function useSingleSignOn(next: string) {
  return useMutation({ mutationFn: async () => goTo(await startSingleSignOn(next)), gcTime: 0 });
}

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

export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      unwrap(await signOutAction());
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
