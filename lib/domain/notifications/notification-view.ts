import type { Topic, TopicGroup } from './topic';

/** One thing that a person was told. */
export type NotificationView = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** A path of the console. */
  readonly href: string;
  readonly createdAt: string;
  readonly isRead: boolean;
};

export type NotificationsView = {
  /** Newest first. */
  readonly items: readonly NotificationView[];
  /** All that are unread, also those that are not among the items. */
  readonly unread: number;
  /** Whether older ones are left. */
  readonly hasOlder: boolean;
};

/** What comes by email, as the account page shows it. */
export type MailChoicesView = {
  /** Whether this installation can send mail. */
  readonly isMailSet: boolean;
  readonly email: string;
  readonly topics: readonly {
    readonly topic: Topic;
    readonly group: TopicGroup;
    readonly label: string;
    readonly isMailed: boolean;
  }[];
};
