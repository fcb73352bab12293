import ts from 'typescript'

/** A file of declarations. */
export interface Parsed {
  readonly path: string
  readonly isEntry: boolean
  readonly source: ts.SourceFile
}

/** The name that a statement declares; `undefined` for imports and exports. */
export function declaredName(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText()
  const { name } = statement as ts.Statement & { readonly name?: ts.Node }
  return name?.getText()
}

/** The exports in the lists of a file without a source, such as `export { METRICS as b }`. */
export function ownExports(file: Parsed): readonly { readonly local: string; readonly exported: string }[] {
  return file.source.statements
    .filter(ts.isExportDeclaration)
    .filter(({ moduleSpecifier }) => moduleSpecifier === undefined)
    .flatMap(specifiers)
    .map(({ propertyName, name }) => ({ local: (propertyName ?? name).text, exported: name.text }))
}

/** The names between the braces of an import or export. */
export function specifiers(
  statement: ts.ImportDeclaration | ts.ExportDeclaration,
): readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] {
  const names = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause
  return names !== undefined && (ts.isNamedImports(names) || ts.isNamedExports(names)) ? names.elements.slice() : []
}
