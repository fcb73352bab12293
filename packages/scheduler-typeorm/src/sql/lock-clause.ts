/** What a statement does with rows that another transaction has locked: wait for them, or skip them. */
export type WhenLocked = 'wait' | 'pass'

/** The lock that a unit of work takes on rows that it will write. */
export function lockClause(whenLocked: WhenLocked, of = ''): string {
  return `FOR NO KEY UPDATE${of}${whenLocked === 'pass' ? ' SKIP LOCKED' : ''}`
}
