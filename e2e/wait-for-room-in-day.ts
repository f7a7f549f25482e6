const DAY_MS = 86_400_000;
/** Longer than all browser tests take on a slow machine. */
const RUN_MS = 25 * 60_000;
/** Past midnight by more than clocks of one machine can differ. */
const MARGIN_MS = 2_000;

/**
 * Milliseconds to wait before browser tests may begin. The emulators' clocks stand still at the moment they start,
 * while the console's goes on: were the UTC day to change in between, "today" would mean two days.
 */
export function waitForRoomInDay(nowMs: number): number {
  const left = DAY_MS - (nowMs % DAY_MS);
  return left < RUN_MS ? left + MARGIN_MS : 0;
}
