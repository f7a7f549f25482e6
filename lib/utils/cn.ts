import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: { theme: { radius: ['tag', 'control', 'panel'], shadow: ['float'], text: ['2xs'] } },
});

/** Joins class names; of two Tailwind classes that contradict, the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
