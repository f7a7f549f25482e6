import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commonSecurityHeaders, contentSecurityPolicy } from './security-headers';

const policy = (isSecure: boolean, isDevelopment = false) =>
  contentSecurityPolicy({ nonce: 'abc', isSecure, isDevelopment }).split('; ');

describe('the content security policy', () => {
  it('lets only scripts with the nonce of the page run', () => {
    expect(policy(true)).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy(true).join()).not.toContain('unsafe-eval');
  });

  it('lets no style in but those with the nonce and the two of the toasts', () => {
    const source = readFileSync('node_modules/sonner/dist/index.mjs', 'utf8');
    const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1] ?? '';
    const hashes = ['', JSON.parse(literal)].map((text) =>
      createHash('sha256').update(text).digest('base64'),
    );
    const allowed = hashes.map((hash) => `'sha256-${hash}'`).join(' ');
    expect(policy(true)).toContain(`style-src 'self' 'nonce-abc' ${allowed}`);
  });

  it('lets nothing frame, nothing rebase, and forms and requests go nowhere else', () => {
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "form-action 'self'",
      "connect-src 'self'",
    ]) {
      expect(policy(true)).toContain(rule);
    }
  });

  it('is loosened in development alone', () => {
    expect(policy(false, true).join()).toContain("'unsafe-eval'");
  });

  it('insists on https only where people come by https', () => {
    expect(policy(true)).toContain('upgrade-insecure-requests');
    expect(policy(false)).not.toContain('upgrade-insecure-requests');
    expect(commonSecurityHeaders(true)['Strict-Transport-Security']).toBeDefined();
    expect(commonSecurityHeaders(false)['Strict-Transport-Security']).toBeUndefined();
  });
});
