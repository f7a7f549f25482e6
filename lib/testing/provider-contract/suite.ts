import { describeCapabilities } from './capabilities.contract';
import { describeFaults } from './faults.contract';
import { describeKeys } from './keys.contract';
import { describeLimits } from './limits.contract';
import { describeSecrecy } from './secrecy.contract';
import type { ContractTarget } from './target';
import { describeUsage } from './usage.contract';

/** Everything that the port promises, held against one adapter talking to its emulator over real HTTP. */
export function describeProviderContract(target: ContractTarget): void {
  describeKeys(target);
  describeLimits(target);
  describeCapabilities(target);
  describeUsage(target);
  describeFaults(target);
  describeSecrecy(target);
}
