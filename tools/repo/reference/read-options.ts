import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

import { root } from '../project.ts'

/** One entry of a published package, and the types of it that the page describes. */
export interface Entry {
  /** As it is imported, such as `@pm/scheduler-core/http`. */
  readonly name: string
  readonly types: readonly DescribedType[]
}

export interface DescribedType {
  readonly name: string
  readonly text: string
  /** The functions of the entry that take it. */
  readonly takenBy: readonly string[]
  /** The types that it is one of, for a union. */
  readonly oneOf: readonly string[]
  readonly members: readonly Member[]
}

export interface Member {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
  readonly text: string
  /** The described type that has its row: this one, or one that declares it or came before. */
  readonly describedIn: string
}

/** What the page describes beside every exported type whose name ends in `Options`. */
const OTHERS = ['RunContext', 'ProviderCall', 'SchedulerEvents', 'QuotaLimits', 'TimeRange']

/** What everybody looks for comes first, in this order; everything else follows as the entry exports it. */
const FIRST = ['SchedulerOptions', 'JobOptions', 'RetryOptions', 'RunContext', 'ProviderCall', 'SchedulerEvents']

/** Reads the entries' own declarations, as their users' editors do. */
export function readEntries(): Entry[] {
  const files = entryFiles()
  const config = ts.readConfigFile(fileURLToPath(new URL('tsconfig.base.json', root)), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, fileURLToPath(root))
  const program = ts.createProgram({ rootNames: files.map(({ path }) => path), options })
  const checker = program.getTypeChecker()
  const exportsOf = ({ path }: EntryFile) => {
    const source = program.getSourceFile(path)
    const module = source && checker.getSymbolAtLocation(source)
    if (!module) throw new Error(`${path} exports nothing`)
    return checker.getExportsOfModule(module).map((symbol) => resolved(checker, symbol))
  }
  const found = files.map((file) => ({ name: file.name, symbols: exportsOf(file) }))
  const described = new Set(found.flatMap(({ symbols }) => symbols.filter(isDescribed).map(({ name }) => name)))
  for (const name of OTHERS) if (!described.has(name)) throw new Error(`No entry exports ${name}`)
  const seen = new Set<ts.Symbol>()
  const owners = new Map<ts.Declaration, string>()
  return found.map(({ name, symbols }) => {
    const fresh = symbols
      .filter((symbol) => isDescribed(symbol) && !seen.has(symbol))
      .sort((a, b) => rankOf(a) - rankOf(b))
    for (const symbol of fresh) seen.add(symbol)
    return { name, types: fresh.map((symbol) => describe({ checker, symbol, symbols, described, owners })) }
  })
}

interface EntryFile {
  readonly name: string
  readonly path: string
}

/** The entries of the published packages, in the order of their manifests; core first. */
function entryFiles(): EntryFile[] {
  return readdirSync(new URL('packages/', root)).flatMap((folder) => {
    const directory = new URL(`packages/${folder}/`, root)
    const manifest = JSON.parse(readFileSync(new URL('package.json', directory), 'utf8'))
    if (manifest.private || manifest.exports === undefined) return []
    return Object.entries<{ '@pm/source'?: string }>(manifest.exports).flatMap(([path, { '@pm/source': source }]) =>
      source?.endsWith('.ts')
        ? [{ name: `${manifest.name}${path.slice(1)}`, path: fileURLToPath(new URL(source, directory)) }]
        : [],
    )
  })
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

function isDescribed({ name, flags }: ts.Symbol): boolean {
  return Boolean(flags & ts.SymbolFlags.Type) && (name.endsWith('Options') || OTHERS.includes(name))
}

function rankOf({ name }: ts.Symbol): number {
  const rank = FIRST.indexOf(name)
  return rank === -1 ? FIRST.length : rank
}

interface DescribeInput {
  readonly checker: ts.TypeChecker
  readonly symbol: ts.Symbol
  /** All that the entry exports. */
  readonly symbols: readonly ts.Symbol[]
  readonly described: ReadonlySet<string>
  /** Which type has the row of a declaration that no described interface makes, such as one of a table. */
  readonly owners: Map<ts.Declaration, string>
}

function describe({ checker, symbol, symbols, described, owners }: DescribeInput): DescribedType {
  const type = checker.getDeclaredTypeOfSymbol(symbol)
  const parts = (type.isUnion() ? type.types : []).flatMap(({ aliasSymbol, symbol }) => aliasSymbol ?? symbol ?? [])
  return {
    name: symbol.name,
    text: textOf(checker, symbol),
    takenBy: symbols.filter((each) => takes(each, symbol.name)).map(({ name }) => name),
    oneOf: parts.map(({ name }) => name),
    members: parts.length > 0 ? [] : type.getProperties().map((member) => memberOf(member)),
  }

  function memberOf(member: ts.Symbol): Member {
    const [declaration] = member.declarations ?? []
    return {
      name: member.name,
      type: (declaration && typeOf(declaration)) || inferredType(checker, member),
      isOptional: Boolean(member.flags & ts.SymbolFlags.Optional),
      text: textOf(checker, member),
      describedIn: (declaration && ownerOf(declaration)) ?? symbol.name,
    }
  }

  function ownerOf(declaration: ts.Declaration): string {
    const { parent } = declaration
    if (ts.isInterfaceDeclaration(parent) && described.has(parent.name.text)) return parent.name.text
    const owner = owners.get(declaration) ?? symbol.name
    owners.set(declaration, owner)
    return owner
  }
}

/** For a member that no interface spells, such as one that follows from a table. */
function inferredType(checker: ts.TypeChecker, member: ts.Symbol): string {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(member))
  const isNullable = checker.typeToString(checker.getTypeOfSymbol(member)).includes('null')
  const spelt = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation).replaceAll('"', "'")
  return isNullable ? `${spelt} | null` : spelt
}

/** The type as the code spells it, on one line. */
function typeOf(declaration: ts.Declaration): string {
  if (ts.isMethodSignature(declaration)) return oneLine(declaration.getText().slice(declaration.name.getText().length))
  return ts.isPropertySignature(declaration) && declaration.type ? oneLine(separated(declaration.type.getText())) : ''
}

/** Members that line breaks part, parted by semicolons. */
function separated(type: string): string {
  const code = type.replace(/\/\*\*?[\s\S]*?\*\//g, '')
  return code.replace(/([^\s{;,(|&<])\s*\n\s*(?=readonly |[\w'-]+\??:)/g, '$1; ')
}

function takes({ declarations }: ts.Symbol, name: string): boolean {
  return (declarations ?? []).some(
    (declaration) =>
      ts.isFunctionDeclaration(declaration) &&
      declaration.parameters.some(({ type }) => type && new RegExp(`\\b${name}\\b`).test(type.getText())),
  )
}

function textOf(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  const text = oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker)))
  const errors = symbol.getJsDocTags(checker).filter(({ name }) => name === 'throws')
  return [text, ...errors.map((tag) => `Throws ${oneLine(ts.displayPartsToString(tag.text))}`)]
    .filter(Boolean)
    .join(' ')
}

function oneLine(text: string): string {
  return text
    .replace(/\/\*\*?[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
