/** The columns of rows that a statement is given, in their order, and their types. */
export type Shape = Readonly<Record<string, 'uuid' | 'text' | 'int' | 'bigint' | 'float8' | 'numeric'>>

export type RowOf<S extends Shape> = Readonly<Record<keyof S, string | number | null>>

/** The rows as a table to select from, one array per column, from parameter number `first` on. */
export function rowset(shape: Shape, alias: string, first: number): string {
  const arrays = Object.values(shape).map((type, index) => `$${first + index}::${type}[]`)
  return `unnest(${arrays.join(', ')}) AS ${alias} (${Object.keys(shape).join(', ')})`
}

/**
 * The parameters that `rowset` stands for. Written here as PostgreSQL's array literals: JSON takes the server ten times
 * as long to take apart, and pg's own arrays, which quote numbers too, four times.
 */
export function toColumns<S extends Shape>(shape: S, rows: readonly RowOf<S>[]): string[] {
  return Object.keys(shape).map((column) => `{${rows.map((row) => element(row[column] ?? null)).join(',')}}`)
}

function element(value: string | number | null): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`
}
