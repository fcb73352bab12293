/**
 * Instants cross the border as whole milliseconds and are stored as timestamptz, which operators can read in psql.
 * Both ways are exact: a float8 holds every millisecond of the range of a JavaScript date, its conversion to
 * microseconds is off by less than half a millisecond, and reading rounds to the millisecond. Two equal numbers give
 * the same timestamptz, so keys and comparisons hold.
 */
export function at(milliseconds: string): string {
  return `to_timestamp(${milliseconds}::float8 / 1000)`
}

/** The way back: a timestamptz as epoch milliseconds. A float8, since an int8 arrives as text. */
export function ms(timestamp: string): string {
  return `round(extract(epoch FROM ${timestamp}) * 1000)::float8`
}
