/**
 * Converts epoch milliseconds to timestamptz, which operators can read in psql. Both conversions are exact up to the
 * year 10000: a float8 of seconds is off by less than 0.03 ms there, and reading rounds to the millisecond. Equal
 * numbers always give the same timestamptz, so that keys and comparisons hold.
 */
export function at(milliseconds: string): string {
  return `to_timestamp(${milliseconds}::float8 / 1000)`
}

/**
 * Converts a timestamptz to epoch milliseconds. The result is a numeric, because a cast to bigint would fail for
 * `infinity`.
 */
export function ms(timestamp: string): string {
  return `round(extract(epoch FROM ${timestamp}) * 1000)::numeric`
}
