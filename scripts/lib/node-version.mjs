const oldest = [20, 19, 0];

/** @param {string} version such as `20.19.1` */
export function isNodeRecentEnough(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  for (let index = 0; index < oldest.length; index += 1) {
    const part = parts[index] || 0;
    if (part !== oldest[index]) return part > oldest[index];
  }
  return true;
}

/** Ends the process with a sentence when Node is too old. Runs first, so it keeps to old syntax. */
export function requireNode() {
  if (isNodeRecentEnough(process.versions.node)) return;
  console.error(
    `Keyward needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}. ` +
      'Node 24 LTS is recommended: https://nodejs.org/en/download',
  );
  process.exit(1);
}
