import type { LedgerEntry, Scheduler } from '@pm/scheduler-core'

/** All entries, latest first, as `listRuns` lists them. */
export async function wholeLedger(scheduler: Pick<Scheduler, 'listRuns'>): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = []
  let cursor: string | null = null
  do {
    const page = await scheduler.listRuns(cursor === null ? { limit: 200 } : { limit: 200, cursor })
    entries.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return entries
}
