/**
 * Instants cross the border as whole milliseconds and are stored as timestamptz, which operators can read in psql.
 * Both ways are exact up to the year 10000: as seconds a float8 is off by less than 0.03 ms there, and reading rounds to
 * the millisecond. Two equal numbers give the same timestamptz at any time, so keys and comparisons hold.
 */
export function at(milliseconds: string): string {
  return `to_timestamp(${milliseconds}::float8 / 1000)`
}

/** The way back: a timestamptz as epoch milliseconds. A numeric, which an instant at infinity does not break. */
export function ms(timestamp: string): string {
  return `round(extract(epoch FROM ${timestamp}) * 1000)::numeric`
}
