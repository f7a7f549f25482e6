import { describe, expect, it } from 'vitest';
import { CAN } from '@/lib/domain/connections/capabilities';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd, ZERO_USD } from '@/lib/domain/money/usd';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { defaultRequestRules } from '@/lib/domain/requests/request-rules';
import type { RequestFormView } from '@/lib/domain/requests/request-view';
import { emptyDraft, needsOfDraft, type RequestDraft, readDraft } from './request-draft';

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
      capabilities: { limitPeriods: ['monthly'], blockedLimit: CAN, unlimitedAtCreation: CAN },
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

  it('says what is missing, beside its field', () => {
    expect(readDraft(draft({ amountText: 'much' }), form).fault?.field).toBe('amountText');
    expect(readDraft(draft({ kind: 'new_key', amountText: '5' }), form).fault?.field).toBe('name');
    expect(readDraft(draft({ kind: 'take_over', keyName: '' }), { ...form, key: null }).fault?.field).toBe(
      'keyName',
    );
  });
});
