import { describe, expect, it } from 'vitest';
import { createLogger, scrub } from './log';

const OPENROUTER_KEY = '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';
const REQUESTY_KEY = 'rqsty-sk-AbCdEf012345_+/6789==';

describe('scrub', () => {
  it.each([
    [`key ${OPENROUTER_KEY}.`, 'key sk-or-v1-[redacted].'],
    ['sk-or-mgmt-0123456789', 'sk-or-mgmt-[redacted]'],
    [`{"api_key":"${REQUESTY_KEY}"}`, '{"api_key":"rqsty-sk-[redacted]"}'],
    ['sk-proj-0123456789abcdefghij', 'sk-[redacted]'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['authorization: bearer   abcdef', 'authorization: bearer   [redacted]'],
    ['token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl end', 'token [redacted] end'],
    ['postgres://keyward:p4ss@db:5432/keyward', 'postgres://keyward:[redacted]@db:5432/keyward'],
  ])('masks the secret in %s', (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });

  it.each([
    'sk-or-v1-0e6...1c96',
    'risk-or-reward of the task',
    'https://keys.example.com:3000/keys?team=a@b',
    'a bearer of news',
    'connection 12 read 120 keys in 840 ms',
  ])('leaves %s alone', (text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe('a logger', () => {
  function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
    const lines: string[] = [];
    write(createLogger('info', { write: (line) => lines.push(line) }));
    return lines.join('');
  }

  it('masks fields by name at several depths', () => {
    const text = logged((log) =>
      log.info({
        password: 'hunter2',
        request: { headers: { authorization: 'hush-hush', cookie: 'session=1' } },
        connection: { id: 12, managementKey: 'plain' },
      }),
    );
    for (const secret of ['hunter2', 'hush-hush', 'session=1', 'plain']) expect(text).not.toContain(secret);
    expect(text).toContain('"id":12');
  });

  it('masks keys wherever they stand: message, error, stack, nested text', () => {
    const text = logged((log) => {
      log.error(
        { err: new Error(`refused ${OPENROUTER_KEY}`), deep: { a: { b: [REQUESTY_KEY] } } },
        'failed',
      );
      log.warn(`with ${OPENROUTER_KEY}`);
      log.child({ note: REQUESTY_KEY }).info('child');
    });
    expect(text).not.toContain(OPENROUTER_KEY.slice(9));
    expect(text).not.toContain(REQUESTY_KEY.slice(9));
    expect(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).level),
    ).toEqual([50, 40, 30]);
  });
});
