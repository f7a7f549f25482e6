import { type ClassValue, clsx } from 'clsx';
import { mergeClasses } from './merge-classes';

const MOST_KEPT = 1_000;
const merged = new Map<string, string>();

/** Joins class names; of two Tailwind classes that contradict, the later one stays. */
export function cn(...classes: ClassValue[]): string {
  const text = clsx(classes);
  const known = merged.get(text);
  if (known !== undefined) return known;
  if (merged.size >= MOST_KEPT) merged.clear();
  const result = mergeClasses(text);
  merged.set(text, result);
  return result;
}
