import type { RuleMatch } from '@/lib/domain/assignment/rule';
import type { RulesView } from '@/lib/domain/assignment/rules-view';
import { containerWords } from './capability-facts';

/** What a key must be like for a rule: `name is search-*, in the workspace Research`. */
export function ruleMatchText(
  { name, connectionId, containerId, label, creator }: RuleMatch,
  { connections, containers }: Pick<RulesView, 'connections' | 'containers'>,
): string {
  const container = containers.find(({ id }) => id === containerId);
  const connection = connections.find(({ id }) => id === connectionId);
  const parts = [
    name === null ? null : `name is ${name}`,
    connectionId === null ? null : `at ${connection?.name ?? 'a connection that is gone'}`,
    containerId === null
      ? null
      : container
        ? `in the ${containerWords[container.kind].one} ${container.name}`
        : 'in a workspace or group that is gone',
    label === null ? null : `label ${label.name}${label.value === null ? ' is there' : ` is ${label.value}`}`,
    creator === null ? null : `made by ${creator}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
