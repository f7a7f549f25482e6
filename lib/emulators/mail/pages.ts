import type { CaughtCall, CaughtMail, Inbox } from './inbox';

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf8; --panel: #fff; --line: #e7e3dc; --ink: #1d1b18; --muted: #6b665d; --accent: #1f5f5b; }
@media (prefers-color-scheme: dark) { :root { --paper: #151412; --panel: #1c1b18; --line: #2d2b27; --ink: #efece5; --muted: #a39d90; --accent: #5fb3ab; } }
body { margin: 0 auto; max-width: 880px; padding: 24px 16px; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 15px; margin: 28px 0 8px; } p { margin: 4px 0 16px; color: var(--muted); }
ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
li { padding: 10px 14px; } li + li { border-top: 1px solid var(--line); } li div { color: var(--muted); }
a { color: var(--accent); } pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); padding: 14px; }
iframe { width: 100%; height: 320px; border: 1px solid var(--line); border-radius: 8px; background: #fff; }`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function when(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function mailItem({ id, subject, to, at }: CaughtMail): string {
  return `<li><a href="/mails/${id}">${escapeHtml(subject || 'No subject')}</a><div>to ${escapeHtml(to.join(', '))} · ${when(at)}</div></li>`;
}

function callItem({ id, name, body, at }: CaughtCall): string {
  const short = body.length > 160 ? `${body.slice(0, 160)} …` : body;
  return `<li><a href="/calls/${id}">/hooks/${escapeHtml(name)}</a> <div>${escapeHtml(short)}</div><div>${when(at)}</div></li>`;
}

/** All mails and webhook calls, newest first. */
export function inboxPage({ mails, calls }: Inbox, origin: string): string {
  const list = (items: readonly string[], none: string) =>
    items.length === 0 ? `<p>${none}</p>` : `<ul>${[...items].reverse().join('')}</ul>`;
  return page(
    'Keyward inbox',
    `<h1>Inbox of everybody</h1><p>Mails of the demo stay on this machine and end here. Reload for newer ones.</p>
<h2>Mails</h2>${list(mails.map(mailItem), 'None yet.')}
<h2>Webhook calls</h2>${list(calls.map(callItem), `None yet. A webhook of the console may lead to ${origin}/hooks/any-name.`)}`,
  );
}

/** One mail: as text, and as HTML in a frame that runs nothing. */
export function mailPage(mail: CaughtMail): string {
  return page(
    mail.subject,
    `<p><a href="/">All mails</a></p><h1>${escapeHtml(mail.subject)}</h1>
<p>from ${escapeHtml(mail.from)} to ${escapeHtml(mail.to.join(', '))} · ${when(mail.at)}</p>
<h2>As text</h2><pre>${linked(mail.text)}</pre>
<h2>As HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail as HTML" srcdoc="${escapeHtml(`<base target="_blank">${mail.html}`)}"></iframe>`,
  );
}

function linked(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}

export function callPage(call: CaughtCall): string {
  const headers = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`);
  return page(
    `/hooks/${call.name}`,
    `<p><a href="/">All calls</a></p><h1>${escapeHtml(call.method)} /hooks/${escapeHtml(call.name)}</h1><p>${when(call.at)}</p>
<h2>Headers</h2><pre>${escapeHtml(headers.join('\n'))}</pre><h2>Body</h2><pre>${escapeHtml(call.body)}</pre>`,
  );
}

export function missingPage(): string {
  return page('Not here', '<h1>Not here</h1><p>It was cleared, or never came. <a href="/">All mails</a></p>');
}
