import { EmulatorClock } from '../shared/clock';
import { startEmulator } from '../shared/emulator';
import { EMULATOR_DEFAULTS, type EmulatorOptions } from '../shared/options';
import { createPrng } from '../shared/prng';
import { createApi } from './api';
import { createControlHooks } from './control';
import type { RequestyEmulator } from './emulator';
import { ApiError, renderError } from './errors';
import { Figures } from './figures';
import { seedOrganization } from './seed';
import { isExpired } from './state';
import { createSwitchBoard, type SwitchPatch } from './switches';

export type { RequestySwitches, SwitchPatch } from './switches';

export type RequestyEmulatorOptions = EmulatorOptions & {
  /** Behaviours that Requesty leaves open; those of the current generation at the top level. */
  switches?: SwitchPatch & { current?: SwitchPatch; classic?: SwitchPatch };
};

export type StartedRequestyEmulator = {
  /** Base of the current generation, without `/v1`. */
  url: string;
  /** Base of the classic generation, over the same state. */
  classicUrl: string;
  controlUrl: string;
  port: number;
  managementKey: string;
  clock: EmulatorClock;
  close(): Promise<void>;
};

/** Starts Requesty on loopback; port 0 takes a free one. Throws PortInUseError, and RangeError for a bad switch. */
export async function startRequestyEmulator(
  options: RequestyEmulatorOptions = {},
): Promise<StartedRequestyEmulator> {
  const clock = new EmulatorClock({
    ...(options.now === undefined ? {} : { now: options.now }),
    freeze: options.freeze ?? false,
  });
  const seed = options.seed ?? EMULATOR_DEFAULTS.seed;
  const { state, ledger, managementKey } = seedOrganization({
    seed,
    keys: options.keys ?? EMULATOR_DEFAULTS.keys,
    historyDays: options.historyDays ?? EMULATOR_DEFAULTS.historyDays,
    anchor: new Date(options.anchor ?? clock.now()).getTime(),
    managementKey: options.managementKey,
  });
  const emulator: RequestyEmulator = {
    state,
    figures: new Figures(ledger, state, clock),
    clock,
    random: createPrng(`requesty/${seed}/created`),
    switches: createSwitchBoard(options.switches),
  };
  const server = await startEmulator({
    options,
    clock,
    ledger,
    hooks: createControlHooks(emulator),
    api: createApi(emulator),
    liveKeyIds: () => spendingKeyIds(emulator),
    refuseRate: (c, { retryAfterSeconds }) => {
      const generation = c.req.path.startsWith('/classic') ? 'classic' : 'current';
      const error = new ApiError(429, 'Too many requests');
      const response = renderError(error, emulator.switches[generation].errorBody);
      response.headers.set('Retry-After', String(retryAfterSeconds));
      return response;
    },
  });
  return {
    url: server.origin,
    classicUrl: `${server.origin}/classic`,
    controlUrl: server.controlUrl,
    port: server.port,
    managementKey,
    clock,
    close: server.close,
  };
}

/** Keys that may spend, newest first. */
function spendingKeyIds({ state, clock }: RequestyEmulator): string[] {
  const now = clock.now().getTime();
  return state
    .liveKeys()
    .filter((key) => key.permissions.completions === 'write' && !isExpired(key, now))
    .map((key) => key.id)
    .reverse();
}
