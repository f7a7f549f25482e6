const CONTROLS =
  'a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex]';

interface Step {
  readonly parent: Element;
  /** Where the way to the element went on below the parent. */
  readonly index: number;
}

/** An element, and the way to it: what is left of the way once the element is gone tells what stood beside it. */
export interface FocusPlace {
  readonly element: HTMLElement;
  /** What it was called: a form that is drawn anew has an element of the same name. */
  readonly name: string;
  readonly steps: readonly Step[];
}

function nameOf(element: Element): string {
  const label = 'labels' in element && element.labels instanceof NodeList ? element.labels[0] : null;
  return element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent;
}

/** The place of an element within the page or the overlay that it stands in. */
export function focusPlaceOf(element: HTMLElement): FocusPlace {
  const steps: Step[] = [];
  let child: Element = element;
  for (let parent = child.parentElement; parent && parent !== document.body; parent = child.parentElement) {
    steps.push({ parent, index: [...parent.children].indexOf(child) });
    if (parent.matches('main,[role=dialog],[role=alertdialog]')) break;
    child = parent;
  }
  return { element, name: nameOf(element), steps };
}

/** Whether the element is gone, switched off or hidden, so that it cannot have the focus. */
export function isLost({ element }: FocusPlace): boolean {
  return !element.isConnected || element.matches(':disabled') || element.getClientRects().length === 0;
}

function canFocus(element: Element): element is HTMLElement {
  if (!(element instanceof HTMLElement) || !element.matches(CONTROLS)) return false;
  if (element.closest('[aria-hidden=true],[inert]')) return false;
  // Rows of a grid take the focus of the arrow keys.
  const isMeant = element.tabIndex >= 0 || element.getAttribute('role') === 'row';
  return isMeant && element.getClientRects().length > 0;
}

function focusOn(target: HTMLElement | undefined): boolean {
  target?.focus();
  return target !== undefined && document.activeElement === target;
}

function focusWithin(elements: readonly Element[], take: 'first' | 'last'): boolean {
  return elements.some((element) => {
    const all = [element, ...element.querySelectorAll(CONTROLS)].filter(canFocus);
    const stops = all.filter(({ tabIndex }) => tabIndex >= 0);
    const found = stops.length > 0 ? stops : all;
    return focusOn(take === 'first' ? found[0] : found.at(-1));
  });
}

/** Focuses the one element of the same kind and name that the page has now. */
export function focusTwin({ element, name }: FocusPlace): boolean {
  const twins = [...document.querySelectorAll(`#main ${element.tagName}`)].filter(
    (each) => canFocus(each) && nameOf(each) === name,
  );
  const [twin] = twins;
  return twins.length === 1 && twin instanceof HTMLElement && focusOn(twin);
}

/** Focuses what now stands where the element stood, else what stood before it, from the inside out. */
export function focusBeside({ steps }: FocusPlace): boolean {
  return steps.some(({ parent, index }) => {
    if (!parent.isConnected) return false;
    const children = [...parent.children];
    return (
      focusWithin(children.slice(index), 'first') || focusWithin(children.slice(0, index).reverse(), 'last')
    );
  });
}
