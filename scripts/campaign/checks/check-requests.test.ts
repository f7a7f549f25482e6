import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { RequestEventKind } from '@/lib/domain/requests/request';
import { requestBasisSchema } from '@/lib/domain/requests/request-basis';
import { faultsOf } from './check-requests';
import type { AskedRequest } from './evidence';

const at = new Date('2026-11-20T12:00:00Z');
const monthly = (amount: number): Limit => capped(usd(amount), 'monthly');
const lead = 'lead';

type Request = AskedRequest['request'];
type Change = AskedRequest['changes'][number];

function eventOf(kind: RequestEventKind, actorId: string | null, id: number): AskedRequest['events'][number] {
  const facts = kind === 'approved' ? { grant: { kind: 'limit', limit: monthly(380), until: null } } : {};
  return { id, requestId: 'r', kind, at, actorId, basisNumber: 1, words: '', facts };
}

function changeOf(values: Partial<Change> = {}): Change {
  const nothing = {
    failure: null,
    after: null,
    settlement: null,
    answeredAt: null,
    checkedAt: null,
    lookAt: null,
  };
  return {
    ...nothing,
    id: randomUUID(),
    kind: 'set_limit',
    state: 'applied',
    connectionId: 1,
    keyId: 7,
    parentId: 'r',
    requestedBy: null,
    actorName: 'Admin',
    wish: { limit: monthly(380) },
    before: null,
    reason: 'Campaign 1 (asked for by lead 1)',
    requestId: 'x',
    checks: 0,
    plannedAt: at,
    sentAt: at,
    settledAt: at,
    ...values,
  };
}

const basis = requestBasisSchema.parse({
  key: {
    id: 7,
    name: 'search',
    limit: monthly(300),
    includeByokInLimit: false,
    isDisabled: false,
    isThere: true,
    teamId: 1,
    ownerId: null,
  },
  newKey: null,
  rules: { twoAbove: '1500', envelope: null, smallRaise: null, isLoweringFree: false },
  grant: { kind: 'limit', limit: monthly(380), until: null },
});

/** A raise for good that one admin approved, and that is in effect. */
function askedFor(values: Partial<Request> = {}, more: Partial<AskedRequest> = {}): AskedRequest {
  const request: Request = {
    id: 'r',
    kind: 'limit',
    state: 'applied',
    connectionId: 1,
    keyId: 7,
    teamId: 1,
    requesterId: lead,
    reason: 'Campaign 1',
    wish: { kind: 'limit', keyId: 7, change: { by: 'limit', limit: monthly(380) }, until: null },
    basis,
    basisNumber: 1,
    approvalsNeeded: 1,
    granted: { grant: { kind: 'limit', limit: monthly(380), until: null } },
    changeId: null,
    failure: null,
    createdAt: at,
    lapsesAt: at,
    decidedAt: at,
    settledAt: at,
    workedUntil: null,
    ...values,
  };
  return {
    request,
    events: [
      eventOf('asked', lead, 1),
      eventOf('approved', 'admin', 2),
      eventOf('sent', null, 3),
      eventOf('applied', null, 4),
    ],
    changes: [changeOf()],
    raises: [],
    audit: ['request.create', 'request.approve', 'request.apply'],
    handOver: null,
    ...more,
  };
}

const faults = (asked: AskedRequest) => faultsOf(asked, []).join('; ');

describe('the check of requests', () => {
  it('finds nothing in one that was approved, done and told once', () => {
    expect(faults(askedFor())).toBe('');
  });

  it.each([
    ['done twice', askedFor({}, { changes: [changeOf(), changeOf()] }), 'done 2 times'],
    ['told as in effect, but never done', askedFor({}, { changes: [] }), 'done 0 times'],
    ['told as declined, and done', askedFor({ state: 'declined' }), 'declined, but done 1 times'],
    ['never done nor failed', askedFor({ state: 'approved' }), 'neither done nor failed'],
    ['failed without a reason', askedFor({ state: 'failed' }), 'failed without a reason'],
    [
      'approved by who asked',
      askedFor(
        {},
        { events: [eventOf('approved', lead, 2), eventOf('sent', null, 3), eventOf('applied', null, 4)] },
      ),
      'approved by who asked',
    ],
    [
      'sent without anybody’s approval',
      askedFor({}, { events: [eventOf('sent', null, 3), eventOf('applied', null, 4)] }),
      '0 of 1 who must agree',
    ],
    [
      'sent with one of two',
      askedFor({ basis: { ...basis, rules: { ...basis.rules, twoAbove: usd(350) } } }),
      '1 of 2 who must agree',
    ],
    ['in effect without its row in the audit log', askedFor({}, { audit: [] }), '0 times request.apply'],
  ])('finds one that was %s', (_, asked, fault) => {
    expect(faults(asked)).toContain(fault);
  });

  it('finds a new key whose secret is sealed to someone else', () => {
    const grant = { kind: 'new_key', limit: monthly(380) } as const;
    const asked = askedFor(
      { kind: 'new_key', granted: { grant } },
      { changes: [changeOf({ kind: 'create_key' })] },
    );
    expect(faults(asked)).toContain('not sealed to who asked');
  });
});
