import { EmulatorClock } from '../shared/clock';
import { type EmulatorServer, startEmulator } from '../shared/emulator';
import { Ledger } from '../shared/ledger';
import { EMULATOR_DEFAULTS, type EmulatorOptions } from '../shared/options';
import { createPrng } from '../shared/prng';
import { openRouterApi } from './api';
import { controlHooks } from './outside';
import { refuseRate } from './refuse-rate';
import { seedState } from './seed';
import { OpenRouterState } from './state';
import { defaultSwitches, Switches } from './switches';

export interface OpenRouterEmulatorOptions extends EmulatorOptions {
  switches?: Partial<Switches>;
}

export interface OpenRouterEmulator extends EmulatorServer {
  /** The base URL, `/api/v1` included. */
  url: string;
  managementKey: string;
  clock: EmulatorClock;
  state: OpenRouterState;
}

/** Starts an account like OpenRouter's on loopback. Throws PortInUseError. */
export async function startOpenRouterEmulator(
  options: OpenRouterEmulatorOptions = {},
): Promise<OpenRouterEmulator> {
  const clock = new EmulatorClock(options);
  const seed = options.seed ?? EMULATOR_DEFAULTS.seed;
  const anchor = options.anchor === undefined ? clock.now() : new Date(options.anchor);
  const ledger = new Ledger({ seed, anchor });
  const switches = Switches.parse({ ...defaultSwitches, ...options.switches });
  const prng = createPrng(`${seed}/openrouter/account`);
  const state = new OpenRouterState(clock, ledger, prng, switches, options.live ?? false);
  const managementKey = seedState(state, options);
  const server = await startEmulator({
    options,
    clock,
    ledger,
    hooks: controlHooks(state),
    api: openRouterApi(state),
    liveKeyIds: () => spendingKeys(state),
    refuseRate,
  });
  return { ...server, url: `${server.origin}/api/v1`, managementKey, clock, state };
}

function spendingKeys(state: OpenRouterState): string[] {
  return [...state.keys.values()]
    .filter((key) => state.isUsable(key))
    .sort((a, b) => b.createdAt - a.createdAt)
    .map((key) => key.hash);
}
