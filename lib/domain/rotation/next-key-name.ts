const MOST_CHARACTERS = 120;
const NUMBERED = /^(.*\S) \((\d{1,4})\)$/s;

/**
 * The name of the key that takes over: the old one's with a number behind it, the lowest above the old one's that
 * no other key has. `billing-bot` is followed by `billing-bot (2)`, that one by `billing-bot (3)`.
 */
export function nextKeyName(oldName: string, taken: ReadonlySet<string>): string {
  const match = NUMBERED.exec(oldName);
  const stem = match?.[1] ?? oldName;
  for (let number = Number(match?.[2] ?? 1) + 1; ; number += 1) {
    const tail = ` (${number})`;
    const name = `${stem.slice(0, MOST_CHARACTERS - tail.length).trimEnd()}${tail}`;
    if (!taken.has(name)) return name;
  }
}
