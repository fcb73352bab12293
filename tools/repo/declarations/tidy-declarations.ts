import ts from 'typescript'

import { nameInChunk, pathOf, publicNames } from './names.ts'
import { declaredName, ownExports, type Parsed, specifiers } from './statements.ts'

/**
 * Makes the declarations of a build smaller, without a change to what an entry exports or to the documentation of it.
 *
 * - Chunks export their declarations under their own names where they are declared, instead of under a letter in a list.
 * - The comment above a declaration that no entry exports goes: no editor shows it. The comments of its members stay,
 *   since public types may take the members over.
 * - Imports without names go: they import nothing.
 * - A comment of one paragraph takes one line, and lines are indented by tabs.
 *
 * @param texts the texts of the declarations of one module format, by their paths in the folder of the build.
 * @param entries the paths of the entries; every other file is a chunk.
 */
export function tidyDeclarations(
  texts: ReadonlyMap<string, string>,
  entries: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const files = new Map([...texts].map(([path, text]) => [path, { path, isEntry: entries.has(path), ...parsed(text) }]))
  const known = publicNames(files)
  return new Map(
    [...files.values()].map((file) => [
      file.path,
      inFewerSpaces(edited(file.source.text, [...names(file, files), ...hiddenComments(file, known)])),
    ]),
  )
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function parsed(text: string): Pick<Parsed, 'source'> {
  return { source: ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.Latest, true) }
}

function names(file: Parsed, files: ReadonlyMap<string, Parsed>): Edit[] {
  return file.source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      return ofSpecifiers(statement, { file, files })
    }
    const name = declaredName(statement)
    const isExported = !file.isEntry && ownExports(file).some(({ local }) => local === name)
    return isExported ? [{ start: statement.getStart(), end: statement.getStart(), text: 'export ' }] : []
  })
}

function ofSpecifiers(
  statement: ts.ImportDeclaration | ts.ExportDeclaration,
  { file, files }: { readonly file: Parsed; readonly files: ReadonlyMap<string, Parsed> },
): Edit[] {
  const from = statement.moduleSpecifier
  if (ts.isImportDeclaration(statement) && statement.importClause === undefined) return [removed(statement)]
  if (from === undefined) return file.isEntry ? [] : [removed(statement)]
  const chunk = files.get(pathOf(file.path, (from as ts.StringLiteral).text))
  if (chunk === undefined || chunk.isEntry) return []
  return specifiers(statement).map((one) => {
    const name = nameInChunk(chunk, (one.propertyName ?? one.name).text)
    const text = name === one.name.text ? name : `${name} as ${one.name.text}`
    return { start: one.getStart(), end: one.end, text: one.isTypeOnly ? `type ${text}` : text }
  })
}

function removed(statement: ts.Statement): Edit {
  return { start: statement.getStart(), end: statement.end, text: '' }
}

function hiddenComments(file: Parsed, known: ReadonlyMap<string, ReadonlySet<string>>): Edit[] {
  return file.source.statements.flatMap((statement) => {
    const name = declaredName(statement)
    if (name === undefined || known.get(file.path)?.has(name)) return []
    const comments = ts.getLeadingCommentRanges(file.source.text, statement.pos) ?? []
    const first = comments[0]
    return first === undefined ? [] : [{ start: first.pos, end: statement.getStart(), text: '' }]
  })
}

function edited(text: string, edits: readonly Edit[]): string {
  const lastFirst = edits.toSorted((a, b) => b.start - a.start || b.end - a.end)
  return lastFirst.reduce((sofar, { start, end, text: now }) => sofar.slice(0, start) + now + sofar.slice(end), text)
}

function inFewerSpaces(text: string): string {
  return text
    .replace(/\/\*\*\n *\* ((?:[^@\n-].*\n *\* )*[^@\n-].*)\n *\*\//g, (_, lines: string) => {
      return `/** ${lines.replace(/\n *\* /g, ' ')} */`
    })
    .replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4))
    .replace(/\n{3,}/g, '\n\n')
}
