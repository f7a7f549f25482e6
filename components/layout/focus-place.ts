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
  readonly steps: readonly Step[];
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
  return { element, steps };
}

/** Whether the element is gone, switched off or hidden, so that it cannot have the focus. */
export function isLost({ element }: FocusPlace): boolean {
  return !element.isConnected || element.matches(':disabled') || element.getClientRects().length === 0;
}

function canFocus(element: Element): element is HTMLElement {
  if (!(element instanceof HTMLElement) || element.closest('[aria-hidden=true],[inert]')) return false;
  // Rows of a grid take the focus of the arrow keys.
  const isMeant = element.tabIndex >= 0 || element.getAttribute('role') === 'row';
  return isMeant && element.getClientRects().length > 0;
}

function focusWithin(elements: readonly Element[], take: 'first' | 'last'): boolean {
  for (const element of elements) {
    const found = [element, ...element.querySelectorAll(CONTROLS)].filter(
      (each) => each.matches(CONTROLS) && canFocus(each),
    );
    const target = take === 'first' ? found[0] : found.at(-1);
    if (!(target instanceof HTMLElement)) continue;
    target.focus();
    if (document.activeElement === target) return true;
  }
  return false;
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
