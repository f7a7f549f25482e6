import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { type AddressReach, addressReach } from './address-range';
import { createGuardedFetch } from './guarded-fetch';

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export type OutboundOptions = {
  /** Whether calls may reach this machine and private networks. */
  readonly isPrivateAllowed: boolean;
  /** The system's resolver unless given. */
  readonly resolve?: Resolve | undefined;
};

/** The way of calls to addresses that people typed. */
export type Outbound = {
  readonly isPrivateAllowed: boolean;
  /** Like the global one, but connects to addresses that may be reached only, and never follows a redirect. */
  readonly fetch: typeof fetch;
  /** Why an address cannot be reached from here, in words for its field; null when nothing speaks against it. */
  findFault(url: URL): Promise<string | null>;
};

const reachWords: Record<Exclude<AddressReach, 'public'>, string> = {
  machine: 'this machine',
  private: 'a private network',
  special: 'an address that is not public',
};

/** A host leads where it must not. The message is for people. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'ERR_FORBIDDEN_ADDRESS';

  constructor(hostname: string, address: string, reach: Exclude<AddressReach, 'public'>) {
    const detail = hostname === address ? '' : ` (${address})`;
    super(
      `${hostname} leads to ${reachWords[reach]}${detail}, which the settings of this installation do not allow.`,
    );
  }
}

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** The addresses of a host, every one of which may be reached; throws `ForbiddenAddressError` otherwise. */
async function resolveAllowed(hostname: string, options: OutboundOptions): Promise<readonly LookupAddress[]> {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  const found = family === 0 ? await (options.resolve ?? resolveAll)(bare) : [{ address: bare, family }];
  if (options.isPrivateAllowed) return found;
  for (const { address } of found) {
    const reach = addressReach(address);
    if (reach !== 'public') throw new ForbiddenAddressError(bare, address, reach);
  }
  return found;
}

/**
 * What connects uses the very addresses that were checked, so a name that changes between check and call
 * changes nothing.
 */
function createLookup(options: OutboundOptions): LookupFunction {
  return (hostname, { all }, callback) => {
    resolveAllowed(hostname, options).then(
      (found) => {
        const [first] = found;
        if (all) callback(null, [...found]);
        else if (first) callback(null, first.address, first.family);
        else callback(new Error(`${hostname} has no address`), '');
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

export function createOutbound(options: OutboundOptions): Outbound {
  return {
    isPrivateAllowed: options.isPrivateAllowed,
    fetch: createGuardedFetch({
      lookup: createLookup(options),
      // A host that is an IP address is connected to without a look-up.
      check: async (hostname) => {
        if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) await resolveAllowed(hostname, options);
      },
    }),
    async findFault({ hostname }) {
      if (options.isPrivateAllowed) return null;
      try {
        await resolveAllowed(hostname, options);
        return null;
      } catch (error) {
        if (error instanceof ForbiddenAddressError) return error.message;
        return `There is no address for ${hostname}. Check the spelling.`;
      }
    },
  };
}
