import { describe, expect, it } from 'vitest';
import { mailMessage } from './mail-message';
import type { Payload } from './payload';
import { webhookBody } from './webhook-body';
import { webhookUrlFault } from './webhook-input';

const payload: Payload = {
  eventId: '00000000-0000-4000-8000-000000000001',
  topic: 'request.asked',
  title: 'Ana <ana> asks for $400\nBcc: all@example.com',
  body: 'It says "now" & <!channel>.',
  href: '/requests/12',
  at: '2026-10-15T08:00:00.000Z',
};
const PUBLIC = 'https://keys.example.com';

describe('a mail', () => {
  const mail = mailMessage(payload, PUBLIC);

  it('has a subject of one line', () => {
    expect(mail.subject).toBe('Ana <ana> asks for $400 Bcc: all@example.com');
  });

  it('links to the page in both forms', () => {
    expect(mail.text).toContain('https://keys.example.com/requests/12\n');
    expect(mail.html).toContain('href="https://keys.example.com/requests/12"');
    expect(mail.text).toContain('https://keys.example.com/account#mail');
  });

  it('holds what people typed as text, never as markup', () => {
    expect(mail.html).toContain('It says &quot;now&quot; &amp; &lt;!channel&gt;.');
    expect(mail.html).not.toMatch(/<(ana|!channel)/);
  });
});

describe('a webhook’s body', () => {
  const where = { publicUrl: PUBLIC, deliveryId: '00000000-0000-4000-8000-000000000002' };

  it('is JSON with an absolute link', () => {
    expect(JSON.parse(webhookBody('json', payload, where))).toEqual({
      id: where.deliveryId,
      eventId: payload.eventId,
      topic: 'request.asked',
      at: payload.at,
      title: payload.title,
      body: payload.body,
      url: 'https://keys.example.com/requests/12',
    });
  });

  it('is a text for Slack in which nobody can call a channel together', () => {
    const { text } = JSON.parse(webhookBody('slack', { ...payload, title: 'a|b <!here>' }, where));
    expect(text).toBe(
      '*<https://keys.example.com/requests/12|a¦b &lt;!here&gt;>*\nIt says "now" &amp; &lt;!channel&gt;.',
    );
  });
});

describe('a webhook’s address', () => {
  it.each([
    ['https://hooks.slack.com/services/T0/B0/x?thread=1', false, null],
    ['http://127.0.0.1:4000/hook', true, null],
    ['http://127.0.0.1:4000/hook', false, 'Only https addresses are accepted.'],
    ['http://hooks.example.com', true, 'Only https addresses are accepted.'],
    ['ftp://hooks.example.com', true, 'Only https addresses are accepted.'],
    ['https://me:pw@hooks.example.com', true, 'An address with a password in it is not accepted.'],
    ['https://hooks.example.com/#a', true, 'Leave out what begins with “#”.'],
    ['hooks.example.com', true, 'Enter a whole address, like https://hooks.example.com/keyward.'],
  ])('%s (private allowed: %s): %s', (url, isPrivateAllowed, fault) => {
    expect(webhookUrlFault(url, isPrivateAllowed)).toBe(fault);
  });
});
