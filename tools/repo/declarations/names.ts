import { posix } from 'node:path'
import ts from 'typescript'

import { ownExports, type Parsed, specifiers } from './statements.ts'

/** The declared name of what a chunk exports, which the build exports under a letter. */
export function nameInChunk(chunk: Parsed, exported: string): string {
  return ownExports(chunk).find((one) => one.exported === exported)?.local ?? exported
}

/** The path of the declarations that `specifier` names in the file at `path`. */
export function pathOf(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier).replace(/\.(c?)js$/, '.d.$1ts')
}

/** The names of the declarations of each file that an entry exports. */
export function publicNames(files: ReadonlyMap<string, Parsed>): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map([...files.keys()].map((path) => [path, new Set<string>()]))
  const entries = [...files.values()].filter(({ isEntry }) => isEntry)
  for (const { path, name } of entries.flatMap(exportsOf)) {
    const file = files.get(path)
    if (file !== undefined) known.get(path)?.add(file.isEntry ? name : nameInChunk(file, name))
  }
  return known
}

interface Link {
  /** The name in the file that has it. */
  readonly local: string
  /** The file that it comes from, and its name there. */
  readonly path: string
  readonly name: string
}

function exportsOf(entry: Parsed): readonly Link[] {
  const imported = linksOf(entry, ts.isImportDeclaration)
  const own = ownExports(entry).map(
    ({ local }) => imported.find((one) => one.local === local) ?? { local, path: entry.path, name: local },
  )
  return [...linksOf(entry, ts.isExportDeclaration), ...own]
}

function linksOf(
  { path, source }: Parsed,
  isWanted: (statement: ts.Statement) => statement is ts.ImportDeclaration | ts.ExportDeclaration,
): readonly Link[] {
  return source.statements.filter(isWanted).flatMap((statement) => {
    const from = statement.moduleSpecifier
    if (from === undefined || !ts.isStringLiteral(from)) return []
    return specifiers(statement).map(({ propertyName, name }) => {
      return { local: name.text, path: pathOf(path, from.text), name: (propertyName ?? name).text }
    })
  })
}
