import type { EpochMs } from '../../clock.ts'
import type { LedgerQuery, ResultPage } from '../../ports/pages.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** What the ledger has about the first `count` of some due times, and maybe about others between them. */
export interface Records {
  readonly count: number
  readonly entries: readonly LedgerEntry[]
}

const PAGE = 500
/** The most pages of the ledger that one look at it reads. */
const MAX_PAGES = 12
/** So many times fewer due times are tried when the ledger has too many entries between the first and the last. */
const FEWER = 8

/**
 * Reads the entries of as many of the first due times as can be read at once. Runs of an earlier schedule may lie between
 * two due times in any number; of one due time alone there are few.
 */
export function createRecordReader<S extends object>({
  scheduler,
  store,
  units,
}: SchedulerContext<S>): (job: string, dueTimes: readonly EpochMs[]) => Promise<Records> {
  /** The latest entries of a query, and whether these are all. */
  async function entriesOf(query: Omit<LedgerQuery, 'scheduler' | 'limit'>) {
    const entries: LedgerEntry[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const from = cursor === null ? {} : { cursor }
      const page: ResultPage<LedgerEntry> = await units.run(
        'due-times',
        (session) => store.listEntries(session, { scheduler, limit: PAGE, ...query, ...from }),
        { readOnly: true },
      )
      entries.push(...page.items)
      cursor = page.nextCursor
      if (cursor === null) return { entries, isComplete: true }
    }
    return { entries, isComplete: false }
  }

  return async (job, dueTimes) => {
    for (let count = dueTimes.length; ; count = Math.ceil(count / FEWER)) {
      const [first, last] = [dueTimes[0], dueTimes[count - 1]]
      if (first === undefined || last === undefined) return { count: 0, entries: [] }
      const { entries, isComplete } = await entriesOf({ job, from: first, to: last + 1 })
      if (isComplete || count === 1) return { count, entries }
    }
  }
}
