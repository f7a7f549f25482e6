import type { KeyLabels } from '@/lib/domain/keys/key-input';

export function labelsToText(labels: KeyLabels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');
}

export type TypedLabels =
  | { readonly labels: KeyLabels; readonly fault: null }
  | { readonly labels: null; readonly fault: string };

/** Reads `name = value` lines; the first fault names its line. */
export function textToLabels(text: string): TypedLabels {
  const labels: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(0, at)).trim();
    if (name === '') return { labels: null, fault: `Line ${index + 1} is not of the form name = value.` };
    if (name in labels) return { labels: null, fault: `“${name}” stands twice.` };
    labels[name] = line.slice(at + 1).trim();
  }
  return { labels, fault: null };
}
