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
  const add = (path: string, name: string) => {
    const file = files.get(path)
    if (file !== undefined) known.get(path)?.add(file.isEntry ? name : nameInChunk(file, name))
  }
  for (const file of files.values()) {
    if (!file.isEntry) continue
    const imported = new Map<string, { readonly from: string; readonly name: string }>()
    for (const statement of file.source.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue
      if (statement.moduleSpecifier === undefined) continue
      const from = pathOf(file.path, (statement.moduleSpecifier as ts.StringLiteral).text)
      for (const { propertyName, name } of specifiers(statement)) {
        if (ts.isExportDeclaration(statement)) add(from, (propertyName ?? name).text)
        else imported.set(name.text, { from, name: (propertyName ?? name).text })
      }
    }
    for (const { local } of ownExports(file)) {
      const origin = imported.get(local)
      add(origin?.from ?? file.path, origin?.name ?? local)
    }
  }
  return known
}
