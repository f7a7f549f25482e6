import { Fault } from './fault.mjs';
import { ProgressBoard } from './progress-board.mjs';
import { Supervisor } from './supervisor.mjs';

/**
 * Runs a command of the terminal: whatever way it ends, all that it started ends before it.
 * @param {(tools: { board: ProgressBoard, supervisor: Supervisor }) => Promise<number | void>} work
 *   answers the exit code
 */
export async function runSession(work) {
  const board = new ProgressBoard();
  const supervisor = new Supervisor();
  const interrupted = onInterrupt(board, supervisor);
  let exitCode = 0;
  try {
    exitCode = (await Promise.race([work({ board, supervisor }), interrupted])) ?? 0;
  } catch (error) {
    exitCode = 1;
    board.close();
    report(error);
  }
  board.close();
  await supervisor.stopAll();
  process.exit(exitCode);
}

/** Resolves to the exit code 0: being told to end is not a failure. */
function onInterrupt(board, supervisor) {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (supervisor.isStopping) {
          supervisor.killAll();
          return;
        }
        board.close();
        console.log('\n  Ending …');
        resolve(0);
      });
    }
  });
}

function report(error) {
  if (!(error instanceof Fault)) {
    console.error(error);
    return;
  }
  console.error(`\n  ${error.message}`);
  if (error.details.length > 0) console.error(`\n${error.details.map((line) => `    ${line}`).join('\n')}\n`);
}
