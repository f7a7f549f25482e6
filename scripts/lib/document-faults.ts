import { posix } from 'node:path';

export type Finding = { readonly document: string; readonly line: number; readonly problem: string };

/** What a document is held against. Paths are relative to the checkout, with slashes. */
export type Checkout = {
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
  readonly npmScripts: ReadonlySet<string>;
};

const rooms = /^(app|components|lib|scripts|e2e|docs|public|\.ci)\//;
const rootFile = /^\.?[\w-]+(\.[\w-]+)*\.(ts|tsx|mjs|json|md|css)$|^\.env\.example$/;
/** Made at run time or written by Next: rightly absent from a fresh clone. */
const generated = /^(next-env\.d\.ts|\.next\/|\.data\/|node_modules\/)/;
const codeSpan = /`([^`\n]+)`/g;
const link = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;
const npmRun = /\bnpm run ([\w:-]+)/g;

/** A path as far as it is literal: `lib/server/<noun>/x.ts` and `lib/**` are checked up to the placeholder. */
function literalPart(span: string): string | null {
  const path = span.replace(/^\.\//, '').replace(/:\d+(-\d+)?$/, '');
  if (/\s/.test(path) || path.includes('://') || generated.test(path)) return null;
  const isPath = rooms.test(path) || rootFile.test(path);
  if (!isPath) return null;
  const placeholder = path.search(/[<*{…[$]|\.{3}|NNNN/);
  if (placeholder === -1) return path;
  return path.slice(0, path.lastIndexOf('/', placeholder));
}

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(text: string): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^#{1,6}\s+(.+)$/gm)];
  return new Set(headings.map(([, heading]) => anchorOf(heading ?? '')));
}

/** Keeps the number of lines, so that findings name the right one. */
const withoutFences = (text: string) =>
  text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));

function linkProblem(document: string, target: string, checkout: Checkout): string | null {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return null;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? document : posix.normalize(posix.join(posix.dirname(document), decodeURI(file)));
  if (path.startsWith('..')) return `links out of the checkout: ${target}`;
  if (!checkout.exists(path)) return `links to ${path}, which is not there`;
  if (!anchor || !path.endsWith('.md')) return null;
  return anchorsOf(checkout.read(path)).has(anchor)
    ? null
    : `links to ${path}#${anchor}, a heading that is not there`;
}

function lineProblems(document: string, line: string, prose: string, checkout: Checkout): string[] {
  const scripts = [...line.matchAll(npmRun)]
    .map(([, name]) => name ?? '')
    .filter((name) => !checkout.npmScripts.has(name))
    .map((name) => `names the command "npm run ${name}", which package.json does not have`);
  const paths = [...prose.matchAll(codeSpan)]
    .map(([, span]) => literalPart(span ?? ''))
    .filter((path) => path !== null && path !== '' && !checkout.exists(path))
    .map((path) => `names ${path}, which is not there`);
  const links = [...prose.matchAll(link)]
    .map(([, target]) => linkProblem(document, target ?? '', checkout))
    .filter((problem) => problem !== null);
  return [...scripts, ...paths, ...links];
}

/** Paths, links and commands of one Markdown document that the checkout does not have. */
export function findDocumentFaults(document: string, checkout: Checkout): Finding[] {
  const text = checkout.read(document);
  const proseLines = withoutFences(text).split('\n');
  return text.split('\n').flatMap((line, index) =>
    lineProblems(document, line, proseLines[index] ?? '', checkout).map((problem) => ({
      document,
      line: index + 1,
      problem,
    })),
  );
}
