import { describe, expect, test } from 'vitest';
import { auditQuery, hasAuditFilters, NO_AUDIT_FILTERS, parseAuditFilters } from './audit-filters';

const parse = (query: string) => {
  const address = new URLSearchParams(query);
  return parseAuditFilters((name) => address.get(name));
};

describe('the filters of the audit log in an address', () => {
  test('come back as they were written', () => {
    const query =
      'person=5f0c8b0e-7a53-4c0e-9d3c-2f1a9a4f3b11&key=12&action=key.set_limit%2Cteam.create&from=2026-11-01&to=2026-11-20';
    expect(auditQuery(parse(query))).toBe(query);
    expect(auditQuery(parse('person=system'), { before: '7' })).toBe('person=system&before=7');
  });

  test.for([
    'person=someone',
    'key=0',
    'key=1.5',
    'key=99999999999',
    "action=key'--",
    'action=',
    'from=2026-02-30',
    'to=yesterday',
    'to=2026-11-20T00:00',
  ])('leave out what is not understood: %s', (query) => {
    expect(parse(query)).toEqual(NO_AUDIT_FILTERS);
    expect(hasAuditFilters(parse(query))).toBe(false);
  });
});
