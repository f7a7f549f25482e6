import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Capabilities, capabilityWords } from '@/lib/domain/connections/capabilities';
import { generationSchema, providerKindSchema, providerWords } from '@/lib/domain/connections/provider-kind';
import { capabilitiesOf } from '@/lib/providers/registry';
import { capabilityFacts } from '@/lib/words/capability-facts';

// Run with `tsx --conditions=react-server scripts/capability-table.ts [--check | --print]`.

const DOCUMENT = 'ARCHITECTURE.md';
const BEGIN = '<!-- capabilities:begin -->';
const END = '<!-- capabilities:end -->';

type Column = { readonly title: string; readonly capabilities: Capabilities };

/** One column for each vendor, or one for each generation where they differ. */
function columns(): Column[] {
  return providerKindSchema.options.flatMap((kind) => {
    const matrices = generationSchema.options.map(
      (generation) => [generation, capabilitiesOf(kind, generation)] as const,
    );
    const distinct = matrices.filter(
      ([, matrix], place) => matrices.findIndex(([, other]) => other === matrix) === place,
    );
    const { name } = providerWords[kind];
    return distinct.map(([generation, capabilities]) => ({
      title: distinct.length === 1 ? name : `${name} (${generation})`,
      capabilities,
    }));
  });
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(): string {
  const shown = columns();
  const facts = shown.map(({ capabilities }) => capabilityFacts(capabilities));
  const factRows = (facts[0] ?? []).map(({ label }, place) =>
    row([label, ...facts.map((column) => column[place]?.text ?? '')]),
  );
  const supportRows = capabilityWords.map(([name, words]) =>
    row([
      words,
      ...shown.map(({ capabilities }) => {
        const support = capabilities[name];
        return support.can ? 'yes' : `no: ${support.reason}`;
      }),
    ]),
  );
  return [
    row(['', ...shown.map(({ title }) => title)]),
    row(['---', ...shown.map(() => '---')]),
    ...factRows,
    ...supportRows,
  ].join('\n');
}

/** The document's text and what it should be; throws a sentence when there is nothing to compare. */
function readDocument(path: string): { text: string; wanted: string } {
  if (!existsSync(path)) throw new Error(`${DOCUMENT} is missing, so it has no capability table.`);
  const text = readFileSync(path, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${DOCUMENT} has no place between ${BEGIN} and ${END}.`);
  return { text, wanted: `${text.slice(0, begin + BEGIN.length)}\n\n${table()}\n\n${text.slice(end)}` };
}

/** Does what was asked and answers what to say; throws a sentence when it fails. */
function run(mode: string | undefined): string {
  if (mode === '--print') return table();
  if (mode !== undefined && mode !== '--check')
    throw new Error(`Unknown option ${mode}: --check or --print.`);
  const path = resolve(import.meta.dirname, '..', DOCUMENT);
  const { text, wanted } = readDocument(path);
  if (wanted === text) return `The capability table of ${DOCUMENT} is that of the adapters.`;
  if (mode === '--check') {
    throw new Error(
      `The capability table of ${DOCUMENT} differs from the adapters. Run scripts/capability-table.ts.`,
    );
  }
  writeFileSync(path, wanted);
  return `Wrote the capability table of ${DOCUMENT}.`;
}

try {
  console.log(run(process.argv[2]));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
