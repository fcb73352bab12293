/**
 * An array as PostgreSQL reads it from text, so that a whole column travels as one parameter through any driver. A number
 * is written as it is: it must be finite.
 */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  let text = '{'
  for (const [at, value] of values.entries()) {
    if (at > 0) text += ','
    if (value === null) text += 'NULL'
    else if (typeof value === 'number') text += value
    else text += PLAIN.test(value) ? value : quoted(value)
  }
  return `${text}}`
}

/** Text that needs no quotes. `NULL` would be none at all, so that words of letters alone with an `l` at the end do. */
const PLAIN = /^(?!null$)[\w.^=+:/-]+$/i

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
