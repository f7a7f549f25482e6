/** The one place that knows whether a copy happened. */
async function writeWithClipboardApi(text: string): Promise<boolean> {
  if (!window.isSecureContext || !navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused by permission or focus: the older way may still work.
    return false;
  }
}

/** Works on plain http. `host` must lie inside an open dialog, or its focus trap takes the selection away. */
function writeWithCommand(text: string, host: HTMLElement): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'fixed top-0 left-0 size-px opacity-0';
  host.append(area);
  area.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand('copy');
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
  return isCopied;
}

/** Copies text; resolves to whether it truly is on the clipboard. */
export async function copyText(text: string, host: HTMLElement): Promise<boolean> {
  return (await writeWithClipboardApi(text)) || writeWithCommand(text, host);
}
