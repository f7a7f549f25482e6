import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { PortInUseError, type RunningServer } from '../shared/server';
import type { CaughtMail, Inbox } from './inbox';

const HOST = '127.0.0.1';

/** A mail server on loopback that takes every mail, keeps it and passes none on. Throws PortInUseError. */
export async function startSmtp(inbox: Inbox, port: number): Promise<RunningServer> {
  const server = new SMTPServer({
    // No certificate here that a client could trust, and nobody to sign in.
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    banner: 'Keyward mail catcher',
    onRcptTo: (_address, _session, done) => {
      const { mailFault } = inbox;
      done(mailFault === null ? null : Object.assign(new Error('no'), { responseCode: mailFault }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        readMail(Buffer.concat(chunks), to).then(
          (mail) => {
            inbox.addMail(mail);
            done(null);
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
  const taken = await listen(server, port);
  return {
    port: taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port) : error);
    });
    const listening = server.listen(port, HOST, () => {
      // From now on an error is a client's that went away in the middle, which is no fault of the catcher.
      server.on('error', () => undefined);
      const address = listening.address() as AddressInfo;
      resolve(address.port);
    });
  });
}

async function readMail(source: Buffer, to: readonly string[]): Promise<Omit<CaughtMail, 'id' | 'at'>> {
  const mail = await PostalMime.parse(source);
  return {
    to,
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    source: source.toString('utf8'),
  };
}
