import { describe, expect, it } from 'vitest';
import { errorOfAnswer, kindOfStatus, kindOfWriteStatus } from './error-of-answer';

const context = { operation: 'list keys', managementKey: 'key-of-ours', now: new Date() };
const errorOf = (text: string) =>
  errorOfAnswer('forbidden', { status: 403, retryAfter: null, text }, context);

describe('kindOfStatus', () => {
  it.each([
    [200, null, null],
    [204, null, null],
    [302, 'invalid_response', 'unknown_outcome'],
    [400, 'invalid_request', 'invalid_request'],
    [401, 'unauthorized', 'unauthorized'],
    [402, 'invalid_request', 'invalid_request'],
    [403, 'forbidden', 'forbidden'],
    [404, 'not_found', 'not_found'],
    [405, 'unsupported', 'unsupported'],
    [408, 'unavailable', 'unknown_outcome'],
    [410, 'not_found', 'not_found'],
    [422, 'invalid_request', 'invalid_request'],
    [429, 'rate_limited', 'rate_limited'],
    [500, 'unavailable', 'unknown_outcome'],
    [529, 'unavailable', 'unknown_outcome'],
  ])('%i is %s of a read and %s of a write', (status, read, write) => {
    expect([kindOfStatus(status), kindOfWriteStatus(status)]).toEqual([read, write]);
  });
});

describe('errorOfAnswer', () => {
  it.each([
    ['an envelope', '{"error":{"message":"No such right","code":403}}', 'No such right'],
    ['an error that is a text', '{"error":"No such right"}', 'No such right'],
    ['a bare message', '{"message":"No such right"}', 'No such right'],
    ['plain text', 'No such right', 'No such right'],
    ['a page', '<html><body>No such right</body></html>', undefined],
    ['cut-off JSON', '{"error":{"mess', undefined],
    ['nothing', '', undefined],
    ['another shape', '{"error":{"code":403}}', undefined],
  ])('takes the words of %s', (_, text, expected) => {
    expect(errorOf(text).providerMessage).toBe(expected);
  });

  it('keeps bodies and keys out of its own message', () => {
    const error = errorOf('{"error":{"message":"key-of-ours may not"}}');
    expect(error.message).toBe('list keys: forbidden (403)');
    expect(error.providerMessage).toBe('[hidden] may not');
  });
});
