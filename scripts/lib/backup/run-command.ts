import { MigrationError } from '@/lib/db/migrate';
import { log } from '@/lib/utils/log';
import { loadEnvFiles } from '../env-files.mjs';
import { Fault } from '../fault.mjs';
import { ProgressBoard } from '../progress-board.mjs';

export type Board = InstanceType<typeof ProgressBoard>;

function report(error: unknown): void {
  if (error instanceof Fault) {
    console.error(`\n  ${error.message}`);
    if (error.details.length > 0) console.error(`\n${error.details.map((line) => `    ${line}`).join('\n')}`);
    return;
  }
  if (error instanceof MigrationError) console.error(`\n  ${error.message}`);
  else console.error('\n  This failed:', error instanceof Error ? wordsOf(error) : String(error));
}

/** `pg` puts several failed addresses into one error without words of its own. */
function wordsOf(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((one) => String(one)).join('; ');
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

/**
 * Runs a command of the terminal with the settings of the installation. `work` answers the exit code; a failure is
 * told in a sentence and exits with `failureCode`. Nothing that a command opens outlives it.
 */
export async function runCommand(work: (board: Board) => Promise<number>, failureCode = 1): Promise<void> {
  const board = new ProgressBoard();
  log.level = 'warn';
  process.umask(0o077);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      board.close();
      console.error('\n  Stopped before the end.');
      process.exit(130);
    });
  }
  try {
    loadEnvFiles();
    process.exitCode = await work(board);
  } catch (error) {
    board.close();
    report(error);
    process.exitCode = failureCode;
  }
  board.close();
}
