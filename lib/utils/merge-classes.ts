const list = (words: string) => words.split(' ');

/** Classes that set one property between them, by words of their own. */
const WORDS: Readonly<Record<string, string>> = {
  display: 'block inline-block inline inline-flex inline-grid flex grid contents hidden table flow-root',
  position: 'static fixed absolute relative sticky',
  visibility: 'visible invisible collapse',
  'flex-direction': 'flex-row flex-row-reverse flex-col flex-col-reverse',
  'flex-wrap': 'flex-wrap flex-wrap-reverse flex-nowrap',
  'text-align': 'text-left text-center text-right text-justify text-start text-end',
  'font-family': 'font-sans font-serif font-mono',
  'text-overflow': 'truncate text-ellipsis text-clip',
  'text-decoration': 'underline overline line-through no-underline',
  'sr-only': 'sr-only not-sr-only',
  'border-style': 'border-solid border-dashed border-dotted border-double border-hidden border-none',
  'border-collapse': 'border-collapse border-separate',
  'divide-x': 'divide-x',
  'divide-y': 'divide-y',
  container: 'container',
  filter: 'filter',
};

/** Those that a beginning tells; a longer one goes first. What follows it is the value. */
const BEGINNINGS = list(
  'p px py pt pr pb pl m mx my mt mr mb ml gap gap-x gap-y space-x space-y w h size min-w max-w min-h max-h z inset inset-x inset-y top right bottom left basis grow shrink order flex grid-cols col-span overflow overflow-x overflow-y justify items self leading line-clamp list whitespace break content align rounded rounded-t rounded-r rounded-b rounded-l opacity shadow transition duration ease animate rotate translate-x translate-y appearance cursor pointer-events resize scroll-mt select font underline-offset outline-offset outline decoration divide bg text border',
).sort((a, b) => b.length - a.length);

/** A class of the group also takes the place of earlier ones of these. */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  p: list('px py pt pr pb pl'),
  px: list('pr pl'),
  py: list('pt pb'),
  m: list('mx my mt mr mb ml'),
  mx: list('mr ml'),
  my: list('mt mb'),
  inset: list('inset-x inset-y top right bottom left'),
  'inset-x': list('right left'),
  'inset-y': list('top bottom'),
  gap: list('gap-x gap-y'),
  size: list('w h'),
  flex: list('basis grow shrink'),
  overflow: list('overflow-x overflow-y'),
  'font-size': ['leading'],
  'line-clamp': list('display overflow'),
  rounded: list('rounded-t rounded-r rounded-b rounded-l'),
  'border-width': list('border-width-t border-width-r border-width-b border-width-l'),
};

const groups = new Map(
  Object.entries(WORDS).flatMap(([group, words]) => list(words).map((word) => [word, group] as const)),
);
const sizes = /^(2?xs|sm|base|lg|\d?xl|\[[\d.]+\w+\])$/;
const widths = /^(\d+|\[[\d.]+\w+\])?$/;

/** Beginnings whose value decides which property is meant. */
function groupByValue(beginning: string, value: string): string {
  switch (beginning) {
    case 'text':
      return sizes.test(value) ? 'font-size' : 'text-color';
    case 'bg':
      return /^\[(repeating-|linear-|radial-|url)/.test(value) ? 'bg-image' : 'bg-color';
    case 'border': {
      const [, side = '', width = value] = /^([trbl])(?:-(.*))?$/.exec(value) ?? [];
      if (side === '') return widths.test(value) ? 'border-width' : 'border-color';
      return width === value || widths.test(width) ? `border-width-${side}` : `border-color-${side}`;
    }
    case 'outline':
      if (value === 'none' || value === 'hidden') return 'outline-style';
      return widths.test(value) ? 'outline-width' : 'outline-color';
    case 'decoration':
      return widths.test(value) ? 'decoration-width' : 'decoration-color';
    default:
      return beginning;
  }
}

function groupOf(word: string): string | null {
  const known = groups.get(word);
  if (known !== undefined) return known;
  if (word.startsWith('[')) return word.slice(0, word.indexOf(':'));
  const plain = word.startsWith('-') ? word.slice(1) : word;
  const beginning = BEGINNINGS.find((text) => plain === text || plain.startsWith(`${text}-`));
  return beginning === undefined ? null : groupByValue(beginning, plain.slice(beginning.length + 1));
}

/** `hover:` and the like stay apart from the class that they are about. */
function variantEnd(token: string): number {
  let depth = 0;
  let end = 0;
  for (let at = 0; at < token.length; at += 1) {
    const letter = token.charAt(at);
    if (letter === '[' || letter === '(') depth += 1;
    else if (letter === ']' || letter === ')') depth -= 1;
    else if (letter === ':' && depth === 0) end = at + 1;
  }
  return end;
}

/** Of two Tailwind classes that set the same property under the same condition the later one stays. */
export function mergeClasses(classes: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const token of classes.split(/\s+/).reverse()) {
    if (token === '') continue;
    const end = variantEnd(token);
    const group = groupOf(token.slice(end));
    if (group !== null) {
      const variant = token.slice(0, end);
      if (taken.has(`${variant}${group}`)) continue;
      for (const covered of [group, ...(COVERS[group] ?? [])]) taken.add(`${variant}${covered}`);
    }
    kept.push(token);
  }
  return kept.reverse().join(' ');
}
