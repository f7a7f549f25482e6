import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { type Permission, permissions } from '@/lib/domain/people/permission';

const root = resolve(import.meta.dirname, '../server');
const GUARDS = ['requirePermission', 'teamsWithinReach', 'spendScope', 'loadKey', 'loadChangeableKey'];
/** Guards that ask for one permission always. */
const FIXED_GUARDS: ReadonlyMap<string, Permission> = new Map([
  ['loadBulkRun', 'keys.update'],
  ['steer', 'keys.update'],
]);

export type Verb = {
  /** Path below lib/server. */
  readonly file: string;
  readonly name: string;
  /** The permission that the verb's own guard asks for. */
  readonly permission: Permission;
};

function isPermission(text: string): text is Permission {
  return permissions.some((permission) => permission === text);
}

/** The permission of the first guard in a function's body; null when it has none. */
function guardOf(body: ts.Node): Permission | null {
  const fixed = ts.isCallExpression(body) ? FIXED_GUARDS.get(body.expression.getText()) : undefined;
  if (fixed) return fixed;
  if (ts.isCallExpression(body) && GUARDS.includes(body.expression.getText())) {
    const literal = body.arguments.find((argument) => ts.isStringLiteral(argument));
    return literal && ts.isStringLiteral(literal) && isPermission(literal.text) ? literal.text : null;
  }
  return ts.forEachChild(body, (child) => guardOf(child) ?? undefined) ?? null;
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isAsync(node: ts.FunctionDeclaration): boolean {
  const isMarked = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
  return isMarked || (node.type?.getText().startsWith('Promise<') ?? false);
}

/** Every exported verb of lib/server that guards itself, found in the sources, so that none can be forgotten. */
export function findVerbs(): readonly Verb[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.includes('.test.') && !file.endsWith('load-key.ts'),
  );
  return files.sort().flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, file), 'utf8'),
      ts.ScriptTarget.ES2023,
      true,
    );
    return source.statements.flatMap((node) => {
      if (!ts.isFunctionDeclaration(node) || !isExported(node) || !isAsync(node)) return [];
      const permission = node.body ? guardOf(node.body) : null;
      return node.name && permission ? [{ file, name: node.name.text, permission }] : [];
    });
  });
}
