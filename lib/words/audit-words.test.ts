import { describe, expect, test } from 'vitest';
import { changeKinds } from '@/lib/domain/changes/change';
import { auditActionText, auditOutcomeWords, groupAuditActions } from './audit-words';

describe('the words of the audit log', () => {
  test('has words for every write at a provider', () => {
    for (const kind of changeKinds) expect(auditActionText(`key.${kind}`)).not.toContain('.');
  });

  test('shows the name of what it has no words for', () => {
    expect(auditActionText('robot.dance')).toBe('robot.dance');
    expect(auditOutcomeWords('odd')).toEqual({ label: 'odd', tone: 'neutral' });
  });

  test('groups the actions that occur and keeps unknown ones', () => {
    expect(groupAuditActions(['robot.dance', 'team.create', 'key.set_limit', 'key.create_key'])).toEqual([
      { label: 'Keys', actions: ['key.create_key', 'key.set_limit'] },
      { label: 'Teams', actions: ['team.create'] },
      { label: 'Others', actions: ['robot.dance'] },
    ]);
  });
});
