/**
 * Writes a SELECT or RETURNING list from expressions, keyed by column name. The store selects every column through it,
 * as text, because hosts may replace pg's parsers of other types for the whole process. Use it only for types whose
 * text form does not depend on server settings: convert an instant with `ms` and a float8 with `bits` first. The
 * readers are in `query.ts`.
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

/** A float8 without loss of a bit, independent of `extra_float_digits`. Read it with `real`. */
export function bits(number: string): string {
  return `encode(float8send(${number}), 'hex')`
}
