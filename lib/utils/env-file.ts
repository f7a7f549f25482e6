/** A `.env` line: the key's name as a variable, the secret in single quotes. */
export function toEnvFile(name: string, secret: string): string {
  const variable = name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const safe = /^[A-Z]/.test(variable) ? variable : `KEY_${variable}`;
  return `${safe}_API_KEY='${secret}'\n`;
}
