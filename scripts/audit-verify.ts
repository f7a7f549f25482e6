import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createDatabase } from '@/lib/db/client';
import type { ChainFaultKind } from '@/lib/domain/audit/audit-chain';
import { type Anchor, readAnchorFile } from '@/lib/server/audit/anchor-file';
import { type AnchorReport, checkAnchors } from '@/lib/server/audit/check-anchors';
import { verifyAudit } from '@/lib/server/audit/verify-audit';
import { type FileFaultKind, verifyAuditFile } from '@/lib/server/audit/verify-audit-file';
import { choosePlace, openPlace } from './lib/backup/place';
import { runCommand } from './lib/backup/run-command';
import { scriptContext } from './lib/backup/script-context';
import { Fault } from './lib/fault.mjs';
import { readOptions } from './lib/options.mjs';

const help = `npm run audit:verify -- [--file EXPORT] [--anchors FILE] [--data-dir DIR]

Verifies the audit log from its first row and names the first one that is not as it was written: edited, deleted,
put in, exchanged, or cut off the end. Works while Keyward runs.

  --file EXPORT   an export in JSON Lines instead of the database; needs no database at all
  --anchors FILE  anchors kept elsewhere, instead of those of the settings
  --data-dir DIR  the embedded database of this data folder, whatever the settings say
  --help          this text

Exit codes: 0 whole, 1 a bad row was found, 2 it could not be verified.`;

const words: Readonly<Record<ChainFaultKind | FileFaultKind, string>> = {
  missing: 'is missing',
  link: 'does not follow the row before it: one of the two was exchanged, moved or put in',
  content: 'is not as it was written: it was edited',
  head: 'is not the newest row that was written: rows after it were cut off',
  beyond_head: 'was not added by Keyward',
  cut: 'is missing: the chain was cut off',
  rewritten: 'or a later one was made anew',
  unreadable: 'is not readable: its line is no row of an export',
  order: 'stands in the wrong place, or twice',
  tail: 'is missing: an export begins with the row of the export itself, so the newest rows were cut off',
};

function tellAnchors({ checked, fault }: AnchorReport): number {
  if (fault === null) {
    console.log(
      checked === 0
        ? '  No anchors were compared: a chain whose newest rows were cut off looks whole without them.'
        : `  ${checked.toLocaleString('en')} anchors agree.`,
    );
    return 0;
  }
  const { seq, kind, anchor } = fault;
  console.log(
    kind === 'cut'
      ? `  Row ${seq} is missing: the chain was cut off. Row ${anchor.seq} was anchored on ${anchor.at}.`
      : `  Row ${seq} or one up to row ${anchor.seq} was rewritten: another row ${anchor.seq} was anchored on ${anchor.at}.`,
  );
  return 1;
}

/** The anchors of a file; none when it is only the usual place and nothing is there. */
async function loadAnchors(named: string | undefined, usual: string | null): Promise<readonly Anchor[]> {
  if (named && !existsSync(named)) throw new Fault(`There is no file ${resolve(named)}.`);
  const path = named ?? usual;
  if (path === null || !existsSync(path)) return [];
  const { anchors, unreadable } = await readAnchorFile(path);
  if (unreadable.length > 0) {
    console.log(`  Warning: ${path} has lines that are no anchors: ${unreadable.slice(0, 5).join(', ')}.`);
  }
  return anchors;
}

async function verifyFile(file: string, anchors: readonly Anchor[]): Promise<number> {
  if (!existsSync(file)) throw new Fault(`There is no file ${resolve(file)}.`);
  const report = await verifyAuditFile(createInterface({ input: createReadStream(file) }), anchors);
  if (report.rows === 0 && report.fault === null) throw new Fault(`${file} is empty.`);
  if (report.fault) {
    console.log(`  Row ${report.fault.seq} (line ${report.fault.line}) ${words[report.fault.kind]}.`);
    return 1;
  }
  const range = `rows ${report.oldest} to ${report.newest}`;
  console.log(
    report.isFiltered
      ? `  ${report.rows} of ${range} are as they were written. Filters left the others out: whether rows are missing cannot be told.`
      : `  All ${report.rows} rows are as they were written.`,
  );
  return tellAnchors(report.anchors);
}

await runCommand(async () => {
  const values = readOptions(
    { file: { type: 'string' }, anchors: { type: 'string' }, 'data-dir': { type: 'string' } },
    help,
  );
  const { file, anchors: named } = values;
  if (file) return verifyFile(file, await loadAnchors(named, null));
  const place = choosePlace({ dataDir: values['data-dir'] }, process.env);
  const anchors = await loadAnchors(named, place.anchorFile);
  const opened = await openPlace(place, 'share');
  try {
    const db = createDatabase(opened.pool);
    const { fault, verifiedTo } = await verifyAudit(scriptContext(db, 'npm run audit:verify'));
    if (fault) {
      console.log(`  Row ${fault.seq} ${words[fault.kind]}. Verified to row ${verifiedTo}.`);
      return 1;
    }
    console.log(`  All ${verifiedTo.toLocaleString('en')} rows of ${opened.name} are as they were written.`);
    return tellAnchors(await checkAnchors(db, anchors));
  } finally {
    await opened.close();
  }
}, 2);
