import type { Database } from '@/lib/db/client';
import { deliveries } from '@/lib/db/schema';
import type { MailCatcher } from '@/lib/emulators/mail/index';
import type { ServerContext } from '@/lib/server/context';
import { withTransaction } from '@/lib/server/context';
import { type Message, notify } from '@/lib/server/notifications/notify';
import { createTestContext, type TestContextOptions } from './context';

/** A context whose mails go to a catcher. */
export function contextWithMail(
  db: Database,
  catcher: Pick<MailCatcher, 'smtpUrl'>,
  options: TestContextOptions = {},
): ServerContext {
  const mail = { smtpUrl: catcher.smtpUrl, from: 'Keyward <keyward@example.com>' };
  return createTestContext(db, {
    ...options,
    messaging: { publicUrl: 'https://keys.example.com', mail },
  });
}

/** Tells of a request, or of what is given. */
export function tell(context: ServerContext, message: Partial<Message> & { to: readonly string[] }) {
  return withTransaction(context, (tx) =>
    notify(tx, context, {
      topic: 'request.asked',
      title: 'Ana asks for $400 a month for search-prod',
      body: 'For the launch.',
      href: '/requests/1',
      dedupeKey: 'request:1:asked',
      ...message,
    }),
  );
}

export async function onlyDelivery(db: Database) {
  const [row, ...others] = await db.select().from(deliveries);
  if (!row || others.length > 0) throw new Error(`there are ${others.length + (row ? 1 : 0)} deliveries`);
  return row;
}
