import { describe, expect, it } from 'vitest';
import { CAN, cannot } from '@/lib/domain/connections/capabilities';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd, ZERO_USD } from '@/lib/domain/money/usd';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { defaultRequestRules } from '@/lib/domain/requests/request-rules';
import type { RequestFormView } from '@/lib/domain/requests/request-view';
import { requestWishSchema } from '@/lib/domain/requests/request-wish';
import { draftOfWish, emptyDraft, needsOfDraft, type RequestDraft, readDraft } from './request-draft';

const today = utcDayOf(new Date('2026-11-20T00:00:00Z'));
const rules = { ...defaultRequestRules, envelope: usd(100), smallRaise: usd(100) };

const form: RequestFormView = {
  asOf: '2026-11-20T12:00:00.000Z',
  key: {
    id: 7,
    name: 'search-prod',
    connectionName: 'OpenRouter',
    providerName: 'OpenRouter',
    capabilities: { limitPeriods: ['monthly'], blockedLimit: CAN, disable: CAN },
    limit: capped(usd(300), 'monthly'),
    baseLimit: null,
    includeByokInLimit: false,
    isDisabled: false,
    ownerName: null,
    left: 'search-prod has not been read.',
    used: null,
    days: [],
    shownFrom: today,
    isShared: false,
    spentBefore: null,
  },
  keyTeamId: 1,
  earlier: [],
  teams: [
    { id: 1, name: 'Payments', monthlyBudget: null, monthSpend: ZERO_USD, envelopeUsed: usd(10), rules },
  ],
  rules: defaultRequestRules,
  connections: [
    {
      id: 3,
      name: 'OpenRouter',
      providerName: 'OpenRouter',
      capabilities: {
        limitPeriods: ['monthly'],
        unlimitedAtCreation: CAN,
        byokInLimit: cannot('no'),
        containers: 'group',
        containerAtCreation: CAN,
        permissionsAtCreation: CAN,
        expiryAtCreation: cannot('no'),
        expiryLater: CAN,
      },
      containers: [{ id: 5, name: 'Interns' }],
    },
  ],
  keys: [],
  otherApprovers: 2,
};

const draft = (values: Partial<RequestDraft>) => ({ ...emptyDraft(form, 'limit'), ...values });

describe('what is typed', () => {
  it.each<[string, Partial<RequestDraft>, string]>([
    ['nothing yet', {}, 'none'],
    ['to an amount inside the envelope', { amountText: '390' }, '0 within_envelope'],
    ['a cent more', { amountText: '390.01' }, '1 envelope_used_up'],
    ['by an amount', { how: 'by', amountText: '$90' }, '0 within_envelope'],
    ['above what one person may approve', { amountText: '1,000.01' }, '2 above_amount'],
    ['no limit', { how: 'unlimited' }, '2 no_limit'],
    ['until a day that is not chosen', { amountText: '390', isUntil: true }, 'none'],
    ['a new key', { kind: 'new_key', amountText: '50' }, '1 ordinary'],
    ['enabling a key that is enabled', { kind: 'enable_key' }, 'none'],
    ['taking over', { kind: 'take_over' }, '1 ordinary'],
  ])('%s', (_, values, expected) => {
    const needs = needsOfDraft(draft(values), form);
    expect(needs ? `${needs.approvals} ${needs.reason}` : 'none').toBe(expected);
  });

  it('becomes a wish, with the raise’s last minute', () => {
    const read = readDraft(
      draft({ how: 'by', amountText: '80', isUntil: true, untilDay: '2026-12-05' }),
      form,
    );
    expect(read.wish).toEqual({
      kind: 'limit',
      keyId: 7,
      change: { by: 'amount', amount: '80' },
      until: '2026-12-05T23:59:00.000Z',
    });
  });

  it('is about the limit below a raise unless it ends itself', () => {
    if (!form.key) throw new Error('the form has a key');
    const raised = { ...form, key: { ...form.key, baseLimit: capped(usd(200), 'monthly') } };
    expect(readDraft(draft({ how: 'by', amountText: '50' }), raised).grant).toMatchObject({
      limit: capped(usd(250), 'monthly'),
    });
    const unlimited = { ...form, key: { ...form.key, limit: UNLIMITED } };
    expect(readDraft(draft({ how: 'by', amountText: '50' }), unlimited).fault?.field).toBe('how');
  });

  const newKey = {
    kind: 'new_key',
    name: 'triage',
    amountText: '50',
    containerId: 5,
    isPermissionsSet: true,
    completions: 'read',
    expiryDay: '2026-12-31',
    isByokCounted: true,
  } as const;

  it('asks of a new key what its connection has, and nothing else', () => {
    const asked = readDraft(draft(newKey), form).wish;
    expect(asked).toMatchObject({
      containerId: 5,
      permissions: { completions: 'read', manage: 'none' },
      expiresAt: '2026-12-31T23:59:59.000Z',
      includeByokInLimit: null,
    });
    const [connection] = form.connections;
    if (!connection) throw new Error('the form has a connection');
    const no = cannot('no');
    const capabilities = {
      ...connection.capabilities,
      containerAtCreation: no,
      permissionsAtCreation: no,
      expiryLater: no,
      byokInLimit: CAN,
    };
    const bare = { ...form, connections: [{ ...connection, capabilities }] };
    expect(readDraft(draft(newKey), bare).wish).toMatchObject({
      containerId: null,
      permissions: null,
      expiresAt: null,
      includeByokInLimit: true,
    });
  });

  it.each<[string, Partial<RequestDraft>]>([
    ['a limit to an amount until a day', { amountText: '380', isUntil: true, untilDay: '2026-12-05' }],
    ['a limit by an amount', { how: 'by', amountText: '80' }],
    ['no limit', { how: 'unlimited' }],
    ['a new key', newKey],
    ['a new key with the account’s permissions', { ...newKey, isPermissionsSet: false, expiryDay: '' }],
  ])('is in the form as it was asked for when it is changed: %s', (_, values) => {
    const { wish } = readDraft(draft(values), form);
    if (wish?.kind !== 'limit' && wish?.kind !== 'new_key') throw new Error('nothing was asked for');
    const again = draftOfWish(form, requestWishSchema.parse(wish), 'Because');
    expect(again.reason).toBe('Because');
    expect(readDraft(again, form).wish).toEqual(wish);
  });

  it('says what is missing, beside its field', () => {
    expect(readDraft(draft({ amountText: 'much' }), form).fault?.field).toBe('amountText');
    expect(readDraft(draft({ kind: 'new_key', amountText: '5' }), form).fault?.field).toBe('name');
    expect(readDraft(draft({ kind: 'take_over', keyName: '' }), { ...form, key: null }).fault?.field).toBe(
      'keyName',
    );
  });
});
