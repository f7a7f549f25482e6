/**
 * What was measured so far: a measurement that fails is told, and the others go on.
 * @typedef {{ results: import('./report.mjs').Result[], failures: string[],
 *   measure: (title: string, work: (note: (text: string) => void) => Promise<readonly import('./report.mjs').Result[]>)
 *     => Promise<void> }} Collector
 */

/**
 * @param {import('../lib/progress-board.mjs').ProgressBoard} board
 * @returns {Collector}
 */
export function createCollector(board) {
  const results = [];
  const failures = [];
  return {
    results,
    failures,
    async measure(title, work) {
      try {
        results.push(...(await board.step(title, work)));
      } catch (error) {
        failures.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}
