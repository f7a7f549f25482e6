import type { ControlHooks, SpendInput } from '../shared/control';
import { findKey, stateView } from './control-view';
import type { RequestyEmulator } from './emulator';
import { changeFromOutside, OutsideChange } from './outside';
import { applyBoardPatch } from './switches';

/** What Requesty adds to `/__control`: its state, changes past the API, and the switches of both generations. */
export function createControlHooks(emulator: RequestyEmulator): ControlHooks {
  return {
    journal: emulator.state.journal,
    state: (query) => stateView(emulator, query),
    outside: (body) => changeFromOutside(emulator, OutsideChange.parse(body)),
    spend: (input) => spend(emulator, input),
    switches: () => emulator.switches,
    setSwitches: (patch) => {
      emulator.switches = applyBoardPatch(emulator.switches, patch);
      return emulator.switches;
    },
  };
}

function spend(emulator: RequestyEmulator, { key, usd, model, requests }: SpendInput): unknown {
  const { id } = findKey(emulator, key);
  const allowed = emulator.figures.ledger.spend(id, emulator.clock.now(), {
    usd,
    ...(model === undefined ? {} : { modelId: model }),
    ...(requests === undefined ? {} : { requests }),
  });
  return { key: id, requestsAllowed: allowed, requestsRefused: (requests ?? 1) - allowed };
}
