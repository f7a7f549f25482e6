import type { Capabilities, ContainerKind } from '@/lib/domain/connections/capabilities';
import { formatUsdShort } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { budgetKindWords } from './binds-words';
import { periodWords } from './limit-words';

export const containerWords: Record<ContainerKind, { one: string; many: string }> = {
  workspace: { one: 'workspace', many: 'workspaces' },
  group: { one: 'group', many: 'groups' },
};

export type CapabilityFact = { readonly label: string; readonly text: string };

/** The cells of the capability matrix that are more than yes or no, in the order they are shown. */
export function capabilityFacts(capabilities: Capabilities): readonly CapabilityFact[] {
  const {
    budgetsAbove,
    containers,
    limitPeriods,
    lowestCap,
    usageHistoryDays,
    usageWindowDays,
    zeroLimitMeans,
  } = capabilities;
  return [
    {
      label: 'Limits start anew',
      text: limitPeriods.map((period) => periodWords[period].label.toLowerCase()).join(', '),
    },
    {
      label: 'A limit of zero means',
      text: zeroLimitMeans === 'blocked' ? 'blocked, the key spends nothing' : 'no limit at all',
    },
    { label: 'Lowest cap', text: formatUsdShort(lowestCap) },
    { label: 'Keys are divided by', text: containers === null ? 'nothing' : containerWords[containers].many },
    {
      label: 'Above a key stand',
      text: budgetsAbove.map((kind) => budgetKindWords[kind].many).join(', '),
    },
    {
      label: 'Usage reaches back',
      text: usageHistoryDays === null ? 'no bound is stated' : formatPlural(usageHistoryDays, 'day'),
    },
    { label: 'Usage per call', text: `at most ${formatPlural(usageWindowDays, 'day')}` },
  ];
}
