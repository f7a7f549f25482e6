import { Hono } from 'hono';
import { listen } from '../shared/server';
import type { EmulatorEnv } from '../shared/wire';
import { Inbox } from './inbox';
import { callPage, inboxPage, mailPage, missingPage } from './pages';
import { startSmtp } from './smtp';

export type MailCatcher = {
  /** For `SMTP_URL`. */
  readonly smtpUrl: string;
  /** The inbox in a browser; webhooks are caught under `/hooks/<name>`, JSON is under `/api`. */
  readonly url: string;
  readonly inbox: Inbox;
  close(): Promise<void>;
};

/** Port 0 takes a free one. */
export type MailCatcherOptions = {
  readonly port?: number | undefined;
  readonly smtpPort?: number | undefined;
};

/** Catches mails and webhook calls on loopback. Throws PortInUseError. */
export async function startMailCatcher({
  port = 0,
  smtpPort = 0,
}: MailCatcherOptions = {}): Promise<MailCatcher> {
  const inbox = new Inbox();
  const smtp = await startSmtp(inbox, smtpPort);
  try {
    const web = await listen(inboxApp(inbox), port);
    return {
      smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
      url: `http://127.0.0.1:${web.port}`,
      inbox,
      close: async () => {
        await Promise.all([smtp.close(), web.close()]);
      },
    };
  } catch (error) {
    await smtp.close();
    throw error;
  }
}

function inboxApp(inbox: Inbox): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>();
  app.get('/', (c) => c.html(inboxPage(inbox, new URL(c.req.url).origin)));
  app.get('/mails/:id', (c) => {
    const mail = inbox.mails.find(({ id }) => id === c.req.param('id'));
    return mail ? c.html(mailPage(mail)) : c.html(missingPage(), 404);
  });
  app.get('/calls/:id', (c) => {
    const call = inbox.calls.find(({ id }) => id === c.req.param('id'));
    return call ? c.html(callPage(call)) : c.html(missingPage(), 404);
  });
  app.get('/api/mails', (c) => c.json({ mails: inbox.mails }));
  app.get('/api/calls', (c) => c.json({ calls: inbox.calls }));
  app.delete('/api', (c) => {
    inbox.clear();
    return c.body(null, 204);
  });
  app.all('/hooks/:name', async (c) => {
    const name = c.req.param('name');
    const headers = Object.fromEntries(c.req.raw.headers);
    inbox.addCall({ name, method: c.req.method, headers, body: await c.req.text() });
    const answer = inbox.answerOf(name);
    return new Response(answer.text, { status: answer.status, headers: { ...answer.headers } });
  });
  return app;
}
