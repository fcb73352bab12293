import type { DueTimesPage, DueTimesQuery } from '../../api/queries.ts'
import type { EpochMs } from '../../clock.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { firstDueTimes, judgeDueTimes } from '../../plan/due-times.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import type { LedgerQuery, ResultPage } from '../../ports/pages.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createRecordReader } from './record-reader.ts'
import { createStandReader } from './stand-reader.ts'
import { type Range, toRange } from './to-range.ts'

/** Lists a job's due times, each with what became of it or will. */
export interface DueTimeLister {
  dueTimes(job: string, query: DueTimesQuery): Promise<DueTimesPage>
}

const DEFAULT_LIMIT = 500
const MAX_LIMIT = 2_000
const MAX_MANUAL = 200
const PAGE = 500
/** The most pages that are searched for manual runs. */
const MAX_PAGES = 12

export function createDueTimeLister<S extends object>(context: SchedulerContext<S>): DueTimeLister {
  const { scheduler, store, units, clock } = context
  const recordsOf = createRecordReader<S>(context)
  const { assertKnown, readStand, readPast, keptFrom } = createStandReader<S>(context)

  /** The manual runs that began in a range, latest first. Looks back from the present, so it may not get that far. */
  async function manualRuns(job: string, { from, to }: Range) {
    const runs: Run[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const after = cursor === null ? {} : { cursor }
      const query: LedgerQuery = { scheduler, job, triggers: ['manual'], limit: PAGE, ...after }
      const page: ResultPage<LedgerEntry> = await units.run(
        'due-times',
        (session) => store.listEntries(session, query),
        { readOnly: true },
      )
      const manual = page.items.filter((entry) => entry.kind === 'run')
      runs.push(...manual.filter(({ startedAt }) => from <= startedAt && startedAt < to))
      cursor = page.nextCursor
      if (runs.length > MAX_MANUAL) break
      if (cursor === null || manual.every(({ startedAt }) => startedAt < from)) {
        return { manual: runs, manualComplete: true }
      }
    }
    return { manual: runs.slice(0, MAX_MANUAL), manualComplete: false }
  }

  return {
    async dueTimes(name, { limit = DEFAULT_LIMIT, cursor, ...given }) {
      await assertKnown(name)
      const range = toRange(given)
      assertLimit(limit)
      const from = Math.max(range.from, cursor === undefined ? range.from : placeIn(cursor))
      // Where the job stands is read first: every due time up to its cursor then has its entry when the entries are read.
      const { jobs: stands, control } = await units.run('due-times', readStand, { readOnly: true })
      const now = clock.now()
      const known = stands.find(({ job }) => job === name) ?? { since: now, cursor: now }
      const past = await units.run('due-times', (session) => readPast(session, from, { job: name }), { readOnly: true })
      const job = past.policiesOf(name)
      const found = firstDueTimes(past.erasOf(name), { from, to: range.to, limit: limit + 1 })
      const instants = found.slice(0, limit).map(({ dueAt }) => dueAt)
      const { count, entries } = await recordsOf(name, instants)
      const rule = { scheduler, job, inactive: inactiveSpans(control, name) }
      const facts = { rule, now, since: known.since, cursor: known.cursor, keptFrom: keptFrom() }
      const next = found[count]
      return {
        items: judgeDueTimes(found.slice(0, count), facts, entries),
        nextCursor: next ? String(next.dueAt) : null,
        ...(cursor === undefined ? await manualRuns(name, range) : { manual: [], manualComplete: true }),
      }
    },
  }
}

function assertLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return
  refuseOption({ path: 'dueTimes.limit', value: limit, expected: `a whole number from 1 to ${MAX_LIMIT}` })
}

/** A cursor is the first due time of its page, in digits. */
function placeIn(cursor: string): EpochMs {
  if (/^-?\d{1,16}$/.test(cursor)) return Number(cursor)
  return refuseOption({ path: 'dueTimes.cursor', value: cursor, expected: 'the nextCursor of the page before' })
}
