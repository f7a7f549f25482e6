import { describe, expect, test } from 'vitest';
import { countCheck, countPlaywright, countVitest, describeCounts, sumCounts } from './count-reports.mjs';

const file = (status: string, ...assertions: string[]) => ({
  status,
  assertionResults: assertions.map((one) => ({ status: one })),
});

const report = (passed: number, failed: number, testResults: object[], pending = 0, todo = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
  testResults,
});

describe('the totals', () => {
  test('take the true counts of a suite', () => {
    const counts = countVitest(report(3, 1, [file('failed', 'passed', 'failed')], 1, 1), false);
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  test('count a file that could not be loaded as a failure', () => {
    expect(countVitest(report(2, 0, [file('failed')]), false)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  test.each([
    ['vitest', countVitest(report(2, 0, [file('passed', 'passed')]), false)],
    ['Playwright', countPlaywright({ stats: { expected: 2, flaky: 0, unexpected: 0, skipped: 0 } }, false)],
  ])('never call a %s run good that ended badly', (_, counts) => {
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  test('count a suite without a report as a failure, even if the command ended well', () => {
    expect(countVitest(null, true).failed).toBe(1);
    expect(countPlaywright(null, true).failed).toBe(1);
  });

  test('are one line, with what was skipped only if there is any', () => {
    const total = sumCounts([countCheck(true), countCheck(false), { passed: 5, failed: 0, skipped: 0 }]);
    expect(describeCounts(total)).toBe('6 passed, 1 failed');
    expect(describeCounts({ ...total, skipped: 2 })).toBe('6 passed, 1 failed, 2 skipped');
  });
});
