import { createTailwindMerge } from 'tailwind-merge';

const list = (words: string) => words.split(' ');
const any = () => true;
const isSize = (value: string) => /^(2?xs|sm|base|lg|\d?xl|\[[\d.]+\w+\])$/.test(value);
const isWidth = (value: string) => /^(\d+|\[[\d.]+\w+\])$/.test(value);
const isImage = (value: string) => /^\[(repeating-|linear-|radial-|url)/.test(value);

/** Groups whose name is the beginning of their classes, whatever follows. */
const PLAIN = list(
  'p px py pt pr pb pl m mx my mt mr mb ml gap gap-x gap-y space-x space-y w h size min-w max-w min-h max-h z inset inset-x inset-y top right bottom left basis grow shrink order flex grid-cols col-span overflow overflow-x overflow-y justify items self leading line-clamp list whitespace break content align rounded rounded-t rounded-r rounded-b rounded-l opacity shadow transition duration ease animate rotate translate-x translate-y appearance cursor pointer-events resize scroll-mt select font underline-offset outline-offset divide',
);
const plainGroups = Object.fromEntries(
  PLAIN.map((name) => [name, name === 'flex' ? [{ flex: [any] }] : [name, { [name]: [any] }]]),
);
const borderSides = Object.fromEntries(
  list('t r b l').flatMap((side) => [
    [`border-width-${side}`, [`border-${side}`, { [`border-${side}`]: [isWidth] }]],
    [`border-color-${side}`, [{ [`border-${side}`]: [any] }]],
  ]),
);

/** A class of the group also takes the place of earlier ones of these. */
const conflictingClassGroups = {
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

/**
 * Of two Tailwind classes that set the same property under the same condition the later one stays. Knows the classes
 * that the interface is written with; the table of all of Tailwind would weigh more than the key table's own code.
 */
export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 1_000,
  theme: {},
  classGroups: {
    display: list(
      'block inline-block inline inline-flex inline-grid flex grid contents hidden table flow-root',
    ),
    position: list('static fixed absolute relative sticky'),
    visibility: list('visible invisible collapse'),
    'flex-direction': list('flex-row flex-row-reverse flex-col flex-col-reverse'),
    'flex-wrap': list('flex-wrap flex-wrap-reverse flex-nowrap'),
    'text-align': list('text-left text-center text-right text-justify text-start text-end'),
    'font-family': list('font-sans font-serif font-mono'),
    'text-overflow': list('truncate text-ellipsis text-clip'),
    'text-decoration': list('underline overline line-through no-underline'),
    'sr-only': list('sr-only not-sr-only'),
    'border-style': list('border-solid border-dashed border-dotted border-double border-hidden border-none'),
    'border-collapse': list('border-collapse border-separate'),
    'divide-x': list('divide-x'),
    'divide-y': list('divide-y'),
    'outline-style': list('outline-none outline-hidden'),
    container: list('container'),
    filter: list('filter'),
    ...plainGroups,
    'font-size': [{ text: [isSize] }],
    'text-color': [{ text: [any] }],
    'bg-image': [{ bg: [isImage] }],
    'bg-color': [{ bg: [any] }],
    ...borderSides,
    'border-width': ['border', { border: [isWidth] }],
    'border-color': [{ border: [any] }],
    'outline-width': ['outline', { outline: [isWidth] }],
    'outline-color': [{ outline: [any] }],
    'decoration-width': [{ decoration: [isWidth] }],
    'decoration-color': [{ decoration: [any] }],
  },
  conflictingClassGroups,
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: [],
}));
