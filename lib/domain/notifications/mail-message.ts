import type { Payload } from './payload';

export type MailMessage = { readonly subject: string; readonly text: string; readonly html: string };

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A mail as plain text and as simple HTML. Its links lead to pages, where the person decides. */
export function mailMessage({ title, body, href }: Payload, publicUrl: string): MailMessage {
  const link = `${publicUrl}${href}`;
  const account = `${publicUrl}/account#mail`;
  const subject = title.replace(/\s+/g, ' ').trim();
  const why = 'You get this because of what you chose in My account.';
  const text = [subject, ...(body ? [body] : []), `Open it in Keyward:\n${link}`, `-- \n${why}\n${account}`];
  const paragraph = 'style="margin:0 0 16px"';
  const html = [
    '<!doctype html><html lang="en"><body style="font:15px/1.5 sans-serif;color:#1d1b18">',
    `<p ${paragraph}><strong>${escapeHtml(subject)}</strong></p>`,
    body ? `<p ${paragraph}>${escapeHtml(body).replaceAll('\n', '<br>')}</p>` : '',
    `<p ${paragraph}><a href="${escapeHtml(link)}" style="color:#1f5f5b">Open it in Keyward</a></p>`,
    `<p style="margin:24px 0 0;color:#6b665d;font-size:13px">${why} <a href="${escapeHtml(account)}" style="color:#6b665d">Change that</a></p>`,
    '</body></html>',
  ];
  return { subject, text: `${text.join('\n\n')}\n`, html: html.filter(Boolean).join('\n') };
}
