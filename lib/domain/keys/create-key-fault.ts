import type { Capabilities, Support } from '../connections/capabilities';
import { limitFault } from '../limits/decide-limit';
import type { CreateKeyInput } from './key-input';

export type CreateKeyFault = { readonly field: keyof CreateKeyInput; readonly reason: string };

/** Every wish for a new key that its connection cannot fulfil, each with the field it stands in. */
export function createKeyFaults(
  capabilities: Capabilities,
  input: CreateKeyInput,
  now: Date,
): readonly CreateKeyFault[] {
  const faults: CreateKeyFault[] = [];
  const refuse = (field: keyof CreateKeyInput, isWished: boolean, support: Support) => {
    if (isWished && !support.can) faults.push({ field, reason: support.reason });
  };
  const limitReason = limitFault(capabilities, input.limit);
  if (limitReason) faults.push({ field: 'limit', reason: limitReason });
  refuse('limit', input.limit.kind === 'unlimited', capabilities.unlimitedAtCreation);
  refuse('includeByokInLimit', input.includeByokInLimit !== undefined, capabilities.byokInLimit);
  refuse('containerId', input.containerId !== null, capabilities.containerAtCreation);
  refuse('permissions', input.permissions !== null, capabilities.permissionsAtCreation);
  refuse('labels', Object.keys(input.labels).length > 0, capabilities.labels);
  if (input.expiresAt !== null) {
    if (!capabilities.expiryAtCreation.can && !capabilities.expiryLater.can) {
      faults.push({ field: 'expiresAt', reason: capabilities.expiryAtCreation.reason });
    } else if (new Date(input.expiresAt) <= now) {
      faults.push({ field: 'expiresAt', reason: 'Choose a time in the future.' });
    }
  }
  return faults;
}
