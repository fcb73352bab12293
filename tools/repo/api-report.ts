import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface EntryReport {
  /** As a host imports it, such as `@pm/scheduler-core/store`. */
  readonly entry: string
  /** The file in `api/` that holds the report. */
  readonly file: string
  readonly values: readonly string[]
  readonly types: readonly string[]
  readonly text: string
}

/** Reads what every entry of every package exports: from the source alone, without a build and without checking types. */
export function reportEntries(root: string): readonly EntryReport[] {
  const entries = readdirSync(join(root, 'packages')).flatMap((folder) => entriesOf(join(root, 'packages', folder)))
  const program = ts.createProgram(
    entries.map(({ source }) => source),
    optionsOf(root),
  )
  const checker = program.getTypeChecker()
  return entries.map(({ entry, source }) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source) as ts.SourceFile)
    const exports = module ? checker.getExportsOfModule(module).map((symbol) => exportOf(symbol, checker)) : []
    exports.sort((a, b) => (a.name < b.name ? -1 : 1))
    return reportOf(entry, exports)
  })
}

interface Export {
  readonly name: string
  readonly isValue: boolean
  readonly signature: string
  readonly summary: string
}

function reportOf(entry: string, exports: readonly Export[]): EntryReport {
  const values = exports.filter(({ isValue }) => isValue).map(({ name }) => name)
  const types = exports.filter(({ isValue }) => !isValue).map(({ name }) => name)
  const sections = exports.map(
    ({ name, signature, summary }) =>
      `## ${name}\n\n${summary === '' ? '' : `${summary}\n\n`}\`\`\`ts\n${signature}\n\`\`\`\n`,
  )
  const text = [
    `# ${entry}\n`,
    'What this entry exports. Written by `tools/repo/test/api-reports.test.ts`; a change here is a change for hosts.\n',
    `${values.length} values: ${listed(values)}\n`,
    `${types.length} types: ${listed(types)}\n`,
    ...sections,
  ].join('\n')
  return { entry, file: `${entry.replace('@pm/', '').replaceAll('/', '.')}.md`, values, types, text }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ')
}

function entriesOf(folder: string): readonly { readonly entry: string; readonly source: string }[] {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return Object.entries(exports as Record<string, { readonly '@pm/source'?: string }>).flatMap(([path, target]) => {
    const source = target['@pm/source']
    return source === undefined ? [] : [{ entry: join(name, path), source: join(folder, source) }]
  })
}

function optionsOf(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, types: [] }
}

function exportOf(symbol: ts.Symbol, checker: ts.TypeChecker): Export {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const isTypeOnly = symbol.declarations?.some(
    (one) => ts.isExportSpecifier(one) && ts.isTypeOnlyExportDeclaration(one),
  )
  return {
    name: symbol.name,
    isValue: !isTypeOnly && (target.flags & ts.SymbolFlags.Value) !== 0,
    signature: signatureOf(target, checker),
    summary: summaryOf(target, checker),
  }
}

/** The first paragraph of the comment, on one line. */
function summaryOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker))
  return (comment.split('\n\n')[0] ?? '').replace(/\s+/g, ' ').trim()
}

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true })

function signatureOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const { declarations = [] } = symbol
  const overloads = declarations.filter((one) => ts.isFunctionDeclaration(one) && one.body === undefined)
  return (overloads.length > 0 ? overloads : declarations)
    .map((one) => computedOf(one, symbol, checker) ?? printed(withoutBody(one), one.getSourceFile()))
    .join('\n')
}

function printed(node: ts.Node, file: ts.SourceFile): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, file)
  return indented(text.replace(/^export (declare )?/, ''))
}

function indented(text: string): string {
  return text.replace(/^ {4,}/gm, (indent) => ' '.repeat(indent.length / 2))
}

const FLAGS =
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType

/** The words of a list or the keys of a table. What schemas come to stands in the OpenAPI documents. */
const LISTS = /^\(typeof \w+\)\[number\]$|^keyof typeof \w+$/

/** What a type that follows from a list or table comes to, and the keys of a table. `null` for what its own text says well enough. */
function computedOf(node: ts.Declaration, symbol: ts.Symbol, checker: ts.TypeChecker): string | null {
  if (ts.isTypeAliasDeclaration(node) && !node.typeParameters && LISTS.test(node.type.getText())) {
    const type = checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, FLAGS)
    return indented(`type ${symbol.name} = ${type}`)
  }
  if (!ts.isVariableDeclaration(node) || node.type || !node.initializer) return null
  const table = withoutAssertion(node.initializer)
  if (!ts.isObjectLiteralExpression(table) || !table.properties.some(ts.isSpreadAssignment)) return null
  const keys = checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)).map(({ name }) => `  ${name},\n`)
  return `${symbol.name} = {\n${keys.join('')}}`
}

const { factory } = ts

/** A declaration as its users see it: no bodies, and of a table its keys. */
function withoutBody(node: ts.Declaration): ts.Node {
  if (ts.isFunctionDeclaration(node)) {
    const { asteriskToken, name, typeParameters, parameters, type } = node
    return factory.createFunctionDeclaration(
      undefined,
      asteriskToken,
      name,
      typeParameters,
      parameters,
      type,
      undefined,
    )
  }
  if (ts.isClassDeclaration(node)) {
    const { name, typeParameters, heritageClauses, members } = node
    return factory.createClassDeclaration(
      undefined,
      name,
      typeParameters,
      heritageClauses,
      members.flatMap(publicMember),
    )
  }
  if (ts.isVariableDeclaration(node)) return withoutValue(node)
  return node
}

function publicMember(member: ts.ClassElement): readonly ts.ClassElement[] {
  if (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return []
  if (ts.isPrivateIdentifier(member.name ?? factory.createIdentifier('_'))) return []
  if (ts.isConstructorDeclaration(member))
    return [factory.createConstructorDeclaration(undefined, member.parameters, undefined)]
  if (ts.isMethodDeclaration(member)) {
    const { modifiers, name, typeParameters, parameters, type } = member
    return [
      factory.createMethodDeclaration(
        modifiers,
        undefined,
        name,
        undefined,
        typeParameters,
        parameters,
        type,
        undefined,
      ),
    ]
  }
  return [member]
}

function withoutValue({ name, type, initializer }: ts.VariableDeclaration): ts.Node {
  const value = initializer && withoutAssertion(initializer)
  const keys =
    value && ts.isObjectLiteralExpression(value)
      ? factory.createObjectLiteralExpression(
          value.properties.map((one) =>
            ts.isPropertyAssignment(one) && !ts.isNumericLiteral(one.initializer)
              ? factory.createShorthandPropertyAssignment(one.name.getText())
              : one,
          ),
          true,
        )
      : value
  return factory.createVariableDeclaration(name, undefined, type, type ? undefined : keys)
}

function withoutAssertion(value: ts.Expression): ts.Expression {
  return ts.isAsExpression(value) || ts.isSatisfiesExpression(value) ? withoutAssertion(value.expression) : value
}
