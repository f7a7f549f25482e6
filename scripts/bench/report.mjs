import { cpus, loadavg, totalmem } from 'node:os';
import { figures } from './figures.mjs';

/** @typedef {{ id: string, value: number, detail?: string }} Result `value` is what the budget is held against */

const format = (value) =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3);

/** @param {import('./figures.mjs').Figure} figure */
function budgetText({ budget, isFloor, unit }) {
  return budget === undefined ? '' : `${isFloor ? '≥' : '≤'} ${format(budget)} ${unit}`.trim();
}

function verdict({ budget, isFloor }, value) {
  if (budget === undefined) return '';
  return (isFloor ? value >= budget : value <= budget) ? 'ok' : 'OVER';
}

/**
 * The table: each figure beside its budget. What was not measured says so.
 * @param {readonly Result[]} results
 * @param {boolean} isLarge
 */
export function printReport(results, isLarge) {
  const found = new Map(results.map((result) => [result.id, result]));
  const rows = figures
    .filter(({ isLargeOnly }) => !isLargeOnly || isLarge)
    .map((figure) => {
      const result = found.get(figure.id);
      const measured = result ? `${format(result.value)} ${figure.unit}`.trim() : 'not measured';
      const judged = result ? verdict(figure, result.value) : '';
      return [figure.title, measured, budgetText(figure), judged, result?.detail ?? ''];
    });
  const heads = ['figure', 'measured', 'budget', '', ''];
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at].length)));
  const line = (cells) => `  ${cells.map((cell, at) => cell.padEnd(widths[at])).join('  ')}`.trimEnd();
  console.log(
    ['', line(heads), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n'),
  );
}

/** @param {{ database: string, world: string }} facts */
export function printMachine({ database, world }) {
  const [first] = cpus();
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(`\n  ${cpus().length} cores (${first?.model ?? 'unknown'}), ${memory} GB, load ${load}`);
  console.log(`  Node ${process.versions.node}, ${database}\n  ${world}`);
}
