/** Makes a change past the console, as someone would in the vendor's own pages. */
export async function changeOutside(controlUrl: string, change: object): Promise<void> {
  const response = await fetch(`${controlUrl}/outside`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error(`The emulator refused the change: ${await response.text()}`);
}
