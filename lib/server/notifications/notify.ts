import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { deliveries, notifications, users, webhooks } from '@/lib/db/schema';
import type { Payload } from '@/lib/domain/notifications/payload';
import { type Topic, topicWords } from '@/lib/domain/notifications/topic';
import { readPreferences } from '@/lib/domain/people/preferences';
import { scrub } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { stableId } from './stable-id';

export type Message = {
  readonly topic: Topic;
  /** Ids of users; those who are disabled are left out. Webhooks are told even if nobody is. */
  readonly to: readonly string[];
  /** One plain sentence without a full stop, such as "Ana asks for $400 a month for search-prod". No secrets. */
  readonly title: string;
  /** More sentences, or nothing. */
  readonly body: string;
  /** A path of the console. */
  readonly href: string;
  /** What it is about and which step of it, such as `request:12:approved`: the same is told once. */
  readonly dedupeKey: string;
};

/** The active admins, who are told what nobody else can mend. */
export async function toAdmins(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.isDisabled, false)));
  return rows.map(({ id }) => id);
}

/**
 * Tells people in the console, by email where they want it, and the webhooks that listen; all in the transaction
 * of what happened. A step that was told already is not told again: not to the same person, not to the same
 * webhook.
 */
export async function notify(tx: Transaction, context: ServerContext, message: Message): Promise<void> {
  const { topic, href, dedupeKey } = message;
  // People type reasons and names, and some paste a key where it does not belong.
  const [title, body] = [scrub(message.title), scrub(message.body)];
  const at = context.now();
  const eventId = stableId('event', dedupeKey);
  const payload: Payload = { eventId, topic, title, body, href, at: at.toISOString() };
  const told = await tellPeople(tx, context, { ...message, title, body });
  const isMailed = context.messaging !== undefined && context.messaging.mail !== null;
  const mailed = isMailed ? told.filter(({ preferences }) => wantsMail(preferences, topic)) : [];
  const listening = await tx
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.isEnabled, true),
        isNull(webhooks.removedAt),
        sql`${webhooks.topics} @> ${JSON.stringify([topic])}::jsonb`,
      ),
    );
  const waiting = { topic, payload, state: 'waiting', nextTryAt: at, createdAt: at } as const;
  const rows = [
    ...mailed.map(({ id }) => ({
      ...waiting,
      id: stableId('email', id, dedupeKey),
      channel: 'email' as const,
      userId: id,
    })),
    ...listening.map(({ id }) => ({
      ...waiting,
      id: stableId('webhook', id, dedupeKey),
      channel: 'webhook' as const,
      webhookId: id,
    })),
  ];
  if (rows.length > 0) await tx.insert(deliveries).values(rows).onConflictDoNothing();
}

/** Writes the rows of the bell; answers those who were not told before. */
async function tellPeople(tx: Transaction, context: ServerContext, message: Message) {
  const { topic, title, body, href, dedupeKey } = message;
  if (message.to.length === 0) return [];
  const people = await tx
    .select({ id: users.id, preferences: users.preferences })
    .from(users)
    .where(and(inArray(users.id, [...new Set(message.to)]), eq(users.isDisabled, false)));
  if (people.length === 0) return [];
  const createdAt = context.now();
  const written = await tx
    .insert(notifications)
    .values(people.map(({ id }) => ({ userId: id, topic, title, body, href, dedupeKey, createdAt })))
    .onConflictDoNothing({ target: [notifications.userId, notifications.dedupeKey] })
    .returning({ userId: notifications.userId });
  const told = new Set(written.map(({ userId }) => userId));
  return people.filter(({ id }) => told.has(id));
}

function wantsMail(preferences: unknown, topic: Topic): boolean {
  return readPreferences(preferences).mail[topic] ?? topicWords[topic].isMailedByDefault;
}
