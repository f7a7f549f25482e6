export const topics = [
  'request.asked',
  'request.asked_back',
  'request.answered',
  'request.commented',
  'request.approved',
  'request.declined',
  'request.withdrawn',
  'request.applied',
  'request.failed',
  'request.lapsed',
  'raise.ending',
  'raise.ended',
  'raise.overdue',
  'key.unowned',
  'incident.opened',
  'drift.found',
  'rotation.retired',
  'rotation.waiting',
  'hand_over.collected',
  'hand_over.expired',
  'delivery.failed',
] as const;

/** What people and webhooks are told about. */
export type Topic = (typeof topics)[number];

export type TopicGroup = 'Requests' | 'Raises' | 'Keys' | 'Keyward';

type TopicWords = {
  readonly group: TopicGroup;
  /** What happened, as it stands beside a switch. */
  readonly label: string;
  /** Whether it comes by email too, until the person says otherwise. */
  readonly isMailedByDefault: boolean;
  /** Only admins are told. */
  readonly isForAdmins: boolean;
};

function words(
  group: TopicGroup,
  label: string,
  { mailed = false, admins = false }: { mailed?: boolean; admins?: boolean } = {},
): TopicWords {
  return { group, label, isMailedByDefault: mailed, isForAdmins: admins };
}

export const topicWords: Record<Topic, TopicWords> = {
  'request.asked': words('Requests', 'A request waits for your decision', { mailed: true }),
  'request.asked_back': words('Requests', 'You are asked something about your request', { mailed: true }),
  'request.answered': words('Requests', 'A question about a request is answered', { mailed: true }),
  'request.commented': words('Requests', 'Someone comments on a request'),
  'request.approved': words('Requests', 'A request is approved', { mailed: true }),
  'request.declined': words('Requests', 'A request is declined', { mailed: true }),
  'request.withdrawn': words('Requests', 'A request is withdrawn'),
  'request.applied': words('Requests', 'What was asked for is in effect', { mailed: true }),
  'request.failed': words('Requests', 'The provider refuses what was approved', { mailed: true }),
  'request.lapsed': words('Requests', 'A request lapses without a decision', { mailed: true }),
  'raise.ending': words('Raises', 'A raise ends soon', { mailed: true }),
  'raise.ended': words('Raises', 'A raise has ended'),
  'raise.overdue': words('Raises', 'A raise should have ended and has not', { mailed: true }),
  'key.unowned': words('Keys', 'A key loses its owner', { admins: true }),
  'incident.opened': words('Keys', 'A change has an outcome that needs you', { mailed: true, admins: true }),
  'drift.found': words('Keys', 'A key was changed outside Keyward', { admins: true }),
  'rotation.retired': words('Keys', 'An old key is retired after a rotation'),
  'rotation.waiting': words('Keys', 'A rotation waits for you', { mailed: true }),
  'hand_over.collected': words('Keys', 'A secret that you handed over is collected'),
  'hand_over.expired': words('Keys', 'A secret that you handed over was not collected', { mailed: true }),
  'delivery.failed': words('Keyward', 'An email or webhook could not be delivered', {
    mailed: true,
    admins: true,
  }),
};

export function isTopic(text: string): text is Topic {
  return topics.some((topic) => topic === text);
}
