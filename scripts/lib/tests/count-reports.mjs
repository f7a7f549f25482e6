/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A check is one test: it holds or it does not. */
export const countCheck = (isOk) => ({ passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0 });

/** Whatever the report says, a run that ended badly has at least one failure. */
const orFailed = (counts, isOk) => (isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 });

/**
 * @param {any} report vitest's JSON report, or null when there is none
 * @param {boolean} isOk whether the command ended well
 * @returns {Counts}
 */
export function countVitest(report, isOk) {
  if (report === null) return countCheck(false);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return orFailed(counts, isOk);
}

/**
 * @param {any} report Playwright's JSON report, or null when there is none
 * @param {boolean} isOk whether the command ended well
 * @returns {Counts}
 */
export function countPlaywright(report, isOk) {
  if (report === null) return countCheck(false);
  const { expected, flaky, unexpected, skipped } = report.stats;
  return orFailed({ passed: expected + flaky, failed: unexpected, skipped }, isOk);
}

/** @param {Counts[]} all */
export const sumCounts = (all) =>
  all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** @param {Counts} counts */
export const describeCounts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
