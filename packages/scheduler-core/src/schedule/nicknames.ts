/** The pattern that a nickname such as `@daily` stands for, in any case of letters; `null` for other text. */
export function nicknamed(text: string): string | null {
  return NICKNAMES.get(text.trim().toLowerCase()) ?? null
}

export const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
])

/** What nicknames that others have mean in this dialect. */
export const FOREIGN_NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@secondly', '* * * * * *'],
  ['@every_second', '* * * * * *'],
  ['@minutely', '* * * * *'],
  ['@every_minute', '* * * * *'],
  ['@weekdays', '0 0 * * MON-FRI'],
  ['@weekends', '0 0 * * SAT,SUN'],
  ['@quarterly', '0 0 1 1,4,7,10 *'],
  ['@semiannually', '0 0 1 1,7 *'],
])
