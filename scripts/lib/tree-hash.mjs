import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

function* walk(folder, path, isSkipped) {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = `${path}/${entry.name}`;
    if (isSkipped(child)) continue;
    if (entry.isDirectory()) yield* walk(folder, child, isSkipped);
    else if (entry.isFile()) yield child;
  }
}

/**
 * A hash over names and contents of files and folders below `folder`; what is missing counts as missing.
 * @param {string} folder
 * @param {string[]} paths relative to `folder`
 * @param {{ isSkipped?: (path: string) => boolean, salt?: string }} [options]
 */
export function hashTree(folder, paths, { isSkipped = () => false, salt = '' } = {}) {
  const hash = createHash('sha256').update(salt);
  const add = (path) => hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)));
  for (const path of [...paths].sort()) {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false });
    if (stat === undefined) hash.update(`\0${path}\0missing`);
    else if (stat.isDirectory()) for (const file of walk(folder, path, isSkipped)) add(file);
    else add(path);
  }
  return hash.digest('hex');
}
