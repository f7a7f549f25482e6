import { type DestinationStream, type Level, type Logger, pino } from 'pino';

export type LogLevel = Level | 'silent';

const MASK = '[redacted]';

// Shapes that no log line may hold. Each keeps only what tells the reader which kind of secret stood there.
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\b(sk-or-(?:v1|mgmt)-)[A-Za-z0-9_-]{6,}/g, `$1${MASK}`],
  [/\b(rqsty-(?:sk-)?)[A-Za-z0-9_+/=-]{6,}/g, `$1${MASK}`],
  [/\b(sk-)(?!or-(?:v1|mgmt)-)[A-Za-z0-9_-]{16,}/g, `$1${MASK}`],
  [/\b(Bearer|Basic)(\s+)[A-Za-z0-9._~+/=-]{6,}/gi, `$1$2${MASK}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, MASK],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:)[^\s/@"']+@/gi, `$1${MASK}@`],
];

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'secret',
  'clientSecret',
  'token',
  'apiKey',
  'managementKey',
  'masterKey',
  'dataKey',
];

/** Masks everything in a text that looks like a provider's key, a bearer token or a password in an address. */
export function scrub(text: string): string {
  return SECRET_SHAPES.reduce((result, [shape, mask]) => result.replace(shape, mask), text);
}

/** Fields are masked by name up to three levels deep; the finished line is then scrubbed by shape. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);
  const options = {
    level,
    base: undefined,
    redact: { paths: [...paths, '*["set-cookie"]', '*.*["set-cookie"]'], censor: MASK },
    hooks: { streamWrite: scrub },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The process's logger. Its level follows the settings once they are read. */
export const log: Logger = createLogger('info');
