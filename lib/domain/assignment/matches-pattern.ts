/**
 * Whether a text is of a pattern in which `*` stands for anything and `?` for one character; case does not matter.
 * Takes time in proportion to text times pattern at the most.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let star = -1;
  let mark = 0;
  for (let place = 0; place < given.length; ) {
    if (at < wanted.length && wanted[at] !== '*' && (wanted[at] === '?' || wanted[at] === given[place])) {
      at += 1;
      place += 1;
    } else if (wanted[at] === '*') {
      star = at;
      mark = place;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      place = mark;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
