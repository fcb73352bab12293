/**
 * Writes a select list, or what follows RETURNING, from expressions by the names of their columns. Everything that the
 * store reads is selected through it, as text: hosts replace what pg makes of the other types, for the whole process. Only
 * for types that the server writes in one way whatever its settings; an instant goes through `ms` before, a float8 through
 * `bits`. `query.ts` has the readers.
 */
export function asText(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, expression]) => `(${expression})::text AS ${name}`)
    .join(', ')
}

/** Columns that are selected under their own names. */
export function own(alias: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `${alias}.${name}`]))
}

/** A float8 to the last bit, whatever `extra_float_digits` is: for `real` to read. */
export function bits(number: string): string {
  return `encode(float8send(${number}), 'hex')`
}
