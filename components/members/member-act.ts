import type { MemberView } from '@/lib/domain/people/member-view';

/** What an admin is about to do to whom; each has its dialog. */
export type MemberAct = {
  readonly kind: 'role' | 'sessions' | 'password' | 'disable';
  readonly member: MemberView;
};

/** Where the focus goes when the dialog of a member closes. */
export function menuButtonId(member: MemberView): string {
  return `member-menu-${member.id}`;
}

export function focusMenuButton(event: Event, member: MemberView): void {
  event.preventDefault();
  document.getElementById(menuButtonId(member))?.focus();
}
