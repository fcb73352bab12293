/**
 * An array as PostgreSQL reads it from text, so that a whole column travels as one parameter through any driver. A number
 * is written as it is: it must be finite.
 */
export function arrayLiteral(values: readonly Element[]): string {
  return arrayLiteralOf(values, (value) => value)
}

/** The same of what is read of each item. */
export function arrayLiteralOf<T>(items: readonly T[], read: (item: T) => Element): string {
  return `{${items.map((item) => elementOf(read(item))).join(',')}}`
}

export type Element = string | number | null

function elementOf(value: Element): string | number {
  if (value === null) return 'NULL'
  return typeof value === 'number' || PLAIN.test(value) ? value : quoted(value)
}

/** Text that needs no quotes. `NULL` would be none at all, so that words of letters alone with an `l` at the end do. */
const PLAIN = /^(?!null$)[\w.^=+:/-]+$/i

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
