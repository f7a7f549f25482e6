/** Every action of the audit log in words, by the groups that the filter shows. */
const groups = {
  Keys: {
    'key.create_key': 'Create key',
    'key.set_limit': 'Set limit',
    'key.rename_key': 'Rename key',
    'key.disable_key': 'Disable key',
    'key.enable_key': 'Enable key',
    'key.set_labels': 'Set labels',
    'key.set_expiry': 'Set expiry',
    'key.delete_key': 'Delete key',
    'key.see_secret': 'See new secret',
    'key.plan_delete': 'Delete key later',
    'key.cancel_delete': 'Take deletion back',
    'setting.delete_grace': 'Change grace period',
    'key.assign': 'Assign team and owner',
    'keys.export': 'Export keys',
  },
  Rotations: {
    'rotation.start': 'Start rotation',
    'rotation.watch': 'Watch old key',
    'rotation.wait': 'Wait longer with old key',
    'rotation.retire': 'Retire old key',
    'rotation.stop_old': 'Stop old key',
    'rotation.finish': 'Finish rotation',
    'rotation.go_back': 'Go back to old key',
    'rotation.end_back': 'Finish going back',
    'rotation.fail': 'Give rotation up',
    'setting.rotation_policy': 'Change rotation policy',
  },
  'Bulk changes': {
    'bulk.start': 'Start bulk change',
    'bulk.pause': 'Pause bulk change',
    'bulk.resume': 'Resume bulk change',
    'bulk.cancel': 'Cancel bulk change',
    'bulk.finish': 'Finish bulk change',
  },
  Raises: {
    'raise.plan': 'Plan raise',
    'raise.start': 'Start raise',
    'raise.extend': 'Give raise another end',
    'raise.end_now': 'End raise before its time',
    'raise.end': 'End raise',
    'raise.set_base': 'Set limit below raise',
    'raise.cancel': 'Give up raise',
    'raise.drift': 'Leave limit as found after raise',
  },
  'Changes made outside': {
    'drift.find': 'Find changes made outside',
    'drift.adopt': 'Adopt what was changed outside',
    'drift.put_back': 'Put back what was changed outside',
    'drift.ignore': 'Put decision off',
  },
  Incidents: {
    'incident.open': 'Ask a person',
    'incident.resolve': 'Close incident',
  },
  Requests: {
    'request.create': 'Ask',
    'request.comment': 'Comment on request',
    'request.ask_back': 'Ask back',
    'request.answer': 'Answer question',
    'request.ask_again': 'Let request ask again',
    'request.approve': 'Approve request',
    'request.approve_by_rule': 'Approve request by rule',
    'request.decline': 'Decline request',
    'request.withdraw': 'Withdraw request',
    'request.lapse': 'Let request lapse',
    'request.apply': 'Carry request out',
    'request.fail': 'Fail to carry request out',
    'request.retry': 'Try request again',
    'request_rules.update': 'Change rules of asking',
  },
  'Hand-overs': {
    'hand_over.create': 'Hand secret over',
    'hand_over.collect': 'Pick secret up',
    'hand_over.see': 'See secret picked up',
    'hand_over.refuse': 'Refuse pick-up',
    'hand_over.revoke': 'Withdraw hand-over',
    'hand_over.expire': 'Let hand-over expire',
  },
  Connections: {
    'connection.create': 'Add connection',
    'connection.rename': 'Rename connection',
    'connection.replace_key': 'Replace management key',
    'connection.pause': 'Pause connection',
    'connection.resume': 'Resume connection',
    'connection.remove': 'Remove connection',
  },
  Teams: {
    'team.create': 'Create team',
    'team.update': 'Change team',
    'team.archive': 'Archive team',
    'team.set_member': 'Set team member',
    'assignment_rules.update': 'Change assignment rules',
  },
  People: {
    'member.create': 'Add member',
    'member.invite': 'Invite member',
    'member.withdraw_invitation': 'Withdraw invitation',
    'member.accept_invitation': 'Accept invitation',
    'member.join': 'Join by single sign-on',
    'member.link_single_sign_on': 'Link single sign-on',
    'member.update_role': 'Change role',
    'member.create_password_link': 'Make new-password link',
    'member.disable': 'Disable member',
    'member.enable': 'Enable member',
    'account.update_profile': 'Change own name',
    'account.change_password': 'Change own password',
    'account.reset_password': 'Choose new password by link',
    'setup.create_link': 'Make set-up link',
    'setup.create_admin': 'Create first admin',
  },
  'Emails and webhooks': {
    'webhook.create': 'Add webhook',
    'webhook.update': 'Change webhook',
    'webhook.enable': 'Switch webhook on',
    'webhook.disable': 'Switch webhook off',
    'webhook.rotate_secret': 'Make new webhook secret',
    'webhook.test': 'Test webhook',
    'webhook.remove': 'Remove webhook',
    'delivery.send_again': 'Send again',
  },
  Sessions: {
    'session.create': 'Sign in',
    'session.refuse': 'Refuse sign-in',
    'session.end': 'End session',
    'session.end_all': 'End all sessions',
  },
  Exports: {
    'spend.export': 'Export spend',
    'audit.export': 'Export audit log',
  },
  Database: {
    'database.backup': 'Back up database',
    'database.restore': 'Restore database',
  },
} as const;

const words: ReadonlyMap<string, string> = new Map(
  Object.values(groups).flatMap((group) => Object.entries(group)),
);

/** What was done; an action without words shows its own name. */
export function auditActionText(action: string): string {
  return words.get(action) ?? action;
}

export type AuditActionGroup = { readonly label: string; readonly actions: readonly string[] };

/** Actions under their headings, in the order of the table; those without words come last. */
export function groupAuditActions(actions: readonly string[]): readonly AuditActionGroup[] {
  const named = Object.entries(groups).map(([label, group]) => ({
    label,
    actions: Object.keys(group).filter((action) => actions.includes(action)),
  }));
  const others = { label: 'Others', actions: actions.filter((action) => !words.has(action)) };
  return [...named, others].filter((group) => group.actions.length > 0);
}

export type OutcomeTone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';
export type OutcomeWords = { readonly label: string; readonly tone: OutcomeTone };

const outcomes: ReadonlyMap<string, OutcomeWords> = new Map([
  ['planned', { label: 'Planned', tone: 'neutral' }],
  ['applied', { label: 'Applied', tone: 'ok' }],
  ['done', { label: 'Done', tone: 'ok' }],
  ['refused', { label: 'Refused', tone: 'bad' }],
  ['denied', { label: 'Denied', tone: 'bad' }],
  ['unknown', { label: 'Outcome not known', tone: 'warn' }],
  ['not_applied', { label: 'Not applied', tone: 'warn' }],
]);

/** How it ended; an outcome without words shows its own name. */
export function auditOutcomeWords(outcome: string): OutcomeWords {
  return outcomes.get(outcome) ?? { label: outcome, tone: 'neutral' };
}

const subjects: ReadonlyMap<string, string> = new Map([
  ['bulk_run', 'bulk change'],
  ['incident', 'incident'],
  ['raise', 'raise of'],
  ['drift', 'change outside of'],
  ['request', 'request'],
  ['key', 'key'],
  ['connection', 'connection'],
  ['user', 'person'],
  ['team', 'team'],
  ['session', 'session of'],
  ['webhook', 'webhook'],
  ['export', 'export'],
  ['setting', 'setting'],
]);

/** The kind of thing that a row is about, to stand before its name. */
export function auditSubjectText(kind: string): string {
  return subjects.get(kind) ?? kind;
}
