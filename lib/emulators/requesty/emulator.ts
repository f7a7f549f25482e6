import type { HttpBindings } from '@hono/node-server';
import type { EmulatorClock } from '../shared/clock';
import type { Prng } from '../shared/prng';
import type { Figures } from './figures';
import type { RequestyState } from './state';
import type { Generation, RequestySwitches, SwitchBoard } from './switches';
import type { RequestyKey } from './types';

/** What every route works on; both generations share one. */
export type RequestyEmulator = {
  readonly state: RequestyState;
  readonly figures: Figures;
  readonly clock: EmulatorClock;
  readonly random: Prng;
  switches: SwitchBoard;
};

export type RouteEnv = {
  Bindings: HttpBindings;
  Variables: { caller: RequestyKey; switches: RequestySwitches; generation: Generation };
};
