import { describe, expect, it } from 'vitest';
import { bulkActionSchema } from '@/lib/domain/bulk/bulk-action';
import { type BulkForm, EMPTY_BULK_FORM, readBulkForm } from './bulk-form';

function limitOf(wanted: Partial<BulkForm>) {
  return readBulkForm('set_limit', { ...EMPTY_BULK_FORM, ...wanted });
}

describe('readBulkForm', () => {
  it.each([
    [
      'the same amount, each key with its period',
      { amountText: '$1,250.50' },
      { by: 'amount', amount: '1250.5' },
    ],
    [
      'the same amount and period',
      { amountText: '40', period: 'weekly' },
      { by: 'limit', limit: { kind: 'capped', amount: '40', period: 'weekly' } },
    ],
    ['no limit', { limitKind: 'unlimited' }, { by: 'limit', limit: { kind: 'unlimited' } }],
    ['a fifth less', { rule: 'percent', percentText: '20%' }, { by: 'percent', percent: -20 }],
    [
      'half as much again',
      { rule: 'percent', percentText: '50', direction: 'raise' },
      { by: 'percent', percent: 50 },
    ],
    ['five dollars less', { rule: 'change', changeText: '5' }, { by: 'change', amount: '-5' }],
    [
      'five dollars more',
      { rule: 'change', changeText: '5', direction: 'raise' },
      { by: 'change', amount: '5' },
    ],
    [
      'twice what was spent',
      { rule: 'spend', factorText: '2' },
      { by: 'spend', factor: 2, period: 'monthly' },
    ],
  ] satisfies readonly [string, Partial<BulkForm>, object][])('reads %s', (_, wanted, rule) => {
    const { action } = limitOf(wanted);
    expect(action).toEqual({ kind: 'set_limit', rule });
    expect(bulkActionSchema.parse(action)).toEqual(action);
  });

  it.each([
    ['all of it away', { rule: 'percent', percentText: '100' }],
    ['words', { rule: 'percent', percentText: 'a lot' }],
    ['nothing at all', { rule: 'percent', percentText: '0' }],
    ['a cap of zero', { amountText: '0' }],
    ['a change of zero', { rule: 'change', changeText: '0.00' }],
    ['a factor beyond reason', { rule: 'spend', factorText: '1001' }],
  ] satisfies readonly [string, Partial<BulkForm>][])('refuses %s, in words', (_, wanted) => {
    const { action, fault } = limitOf(wanted);
    expect(action).toBeNull();
    expect(fault).toMatch(/\w+ .*\.$/);
  });

  it('says nothing before something was typed', () => {
    expect(limitOf({})).toEqual({ action: null, fault: null });
    expect(limitOf({ rule: 'percent' })).toEqual({ action: null, fault: null });
  });

  it('assigns only what was chosen, and waits until something is', () => {
    const assign = (wanted: Partial<BulkForm>) =>
      readBulkForm('assign', { ...EMPTY_BULK_FORM, ...wanted }).action;
    expect(assign({})).toBeNull();
    expect(assign({ teamText: '7' })).toEqual({ kind: 'assign', teamId: 7 });
    expect(assign({ teamText: 'none' })).toEqual({ kind: 'assign', teamId: null });
    expect(assign({ ownerText: 'none' })).toEqual({ kind: 'assign', ownerId: null });
  });

  it('needs nothing typed to disable, enable or delete', () => {
    expect(readBulkForm('disable', EMPTY_BULK_FORM).action).toEqual({ kind: 'disable', isCapInstead: false });
    expect(readBulkForm('enable', EMPTY_BULK_FORM).action).toEqual({ kind: 'enable' });
    expect(readBulkForm('delete', EMPTY_BULK_FORM).action).toEqual({ kind: 'delete' });
  });
});
