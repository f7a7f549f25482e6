import { describe, expect, it } from 'vitest';
import { openRouterCapabilities } from '@/lib/providers/openrouter/capabilities';
import { requestyCapabilities } from '@/lib/providers/requesty/capabilities';
import { capabilityFacts } from './capability-facts';

const textOf = (facts: ReturnType<typeof capabilityFacts>) =>
  Object.fromEntries(facts.map(({ label, text }) => [label, text]));

describe('the facts of a capability matrix', () => {
  it('say what zero means, how limits start anew, and how far usage reaches', () => {
    expect(textOf(capabilityFacts(openRouterCapabilities))).toEqual({
      'Limits start anew': 'daily, weekly, monthly, never',
      'A limit of zero means': 'blocked, the key spends nothing',
      'Lowest cap': '$0.01',
      'Keys are divided by': 'workspaces',
      'Above a key stand': 'guardrails, budgets of members, budgets of workspaces',
      'Usage reaches back': '365 days',
      'Usage per call': 'at most 365 days',
    });
    expect(textOf(capabilityFacts(requestyCapabilities.classic))).toMatchObject({
      'Limits start anew': 'monthly',
      'A limit of zero means': 'no limit at all',
      'Keys are divided by': 'nothing',
      'Usage reaches back': '31 days',
    });
    expect(textOf(capabilityFacts(requestyCapabilities.current))).toMatchObject({
      'Keys are divided by': 'groups',
      'Usage reaches back': 'no bound is stated',
      'Usage per call': 'at most 100 days',
    });
  });
});
