import type { Run } from '@pm/scheduler-core'
import { RUN_COUNTERS } from '@pm/scheduler-core/store'

import { isRun } from '../../src/crash/check-runs.ts'
import { checkTotals } from '../../src/crash/check-totals.ts'
import type { BookedCall } from './book.ts'
import { checkDefined } from './check-defined.ts'
import type { Life } from './live-through.ts'

/** What of a life does not fit together, in words; empty when all of it does. */
export function checkLife(life: Life): readonly string[] {
  return [...checkCalls(life), ...checkRuns(life), ...checkTallies(life), ...checkAudits(life), ...checkDefined(life)]
}

/** Every call of a handler is one attempt, and the other way round. */
function checkCalls({ book, snapshot, ledger }: Life): readonly string[] {
  const twice = repeated(book.map(({ runId, attempt }) => `${runId} attempt ${attempt}`))
  const startedTwice = repeated(
    book
      .filter(({ trigger, attempt }) => trigger === 'schedule' && attempt === 1)
      .map(({ job, scheduledFor }) => `${job} ${scheduledFor}`),
  )
  const { attempts } = snapshot.totals.lifetime
  const waiting = new Set(ledger.flatMap((entry) => (isRun(entry) && isWaiting(entry) ? [entry.id] : [])))
  const settled = book.filter(({ runId }) => !waiting.has(runId)).length
  return [
    ...twice.map((what) => `called twice: ${what}`),
    ...startedTwice.map((what) => `due time begun twice: ${what}`),
    ...(attempts === settled ? [] : [`attempts are ${attempts}, the handlers were called ${settled} times`]),
  ]
}

/** The outcome of each run is what its last call says of itself. */
function checkRuns({ ledger, book, mayCancel }: Life): readonly string[] {
  const calls = Map.groupBy(book, ({ runId }) => runId)
  return ledger.filter(isRun).flatMap((run) => {
    const why = isWaiting(run) ? null : misfit(run, { last: calls.get(run.id)?.at(-1), mayCancel })
    return why === null ? [] : [`${run.job} ${run.trigger} ${run.scheduledFor} is ${run.state}${why}`]
  })
}

interface Told {
  /** The last call of the handler. */
  readonly last: BookedCall | undefined
  readonly mayCancel: boolean
}

function misfit(run: Run, { last, mayCancel }: Told): string | null {
  if (run.state === 'running') return ' at the end'
  if (run.state === 'cancelled' && !mayCancel) return ', and nobody asked for that'
  if (!last) return MAY_LACK_CALLS.has(run.state) ? null : ', and no handler was called'
  if (!fits(run, last)) return `, its last call ${last.ending ?? 'goes on'}`
  if (run.state !== 'succeeded' || run.items.processed === last.items) return null
  return ` with ${run.items.processed} items of ${last.items}`
}

/** A run in one of these states may have ended before its handler was called. */
const MAY_LACK_CALLS: ReadonlySet<string> = new Set(['cancelled', 'orphaned', 'interrupted'])

function fits({ state }: Run, { ending }: BookedCall): boolean {
  if (state === 'succeeded') return ending === 'returned'
  if (state === 'failed') return ending === 'threw'
  return true
}

/** The lifetime counters are what the entries come to, and the parts add up to the whole. */
function checkTallies({ snapshot, ledger }: Life): readonly string[] {
  const jobs = snapshot.jobs.map(({ name, tallies: { lifetime } }) => ({ job: name, lifetime }))
  const parts = RUN_COUNTERS.flatMap((counter) => {
    const sum = jobs.reduce((total, { lifetime }) => total + lifetime[counter], 0)
    const total = snapshot.totals.lifetime[counter]
    return sum === total ? [] : [`${counter}: the jobs come to ${sum}, the total is ${total}`]
  })
  return [...checkTotals({ jobs, ledger }).map(({ what }) => what), ...parts]
}

/** Each due time is accounted for once. */
function checkAudits({ audits }: Life): readonly string[] {
  return audits.flatMap(
    ({ job, unexplained, accountedTwice, offSchedule, expected, started, skipped, suppressed, missed, pending }) => {
      const lost = unexplained.reduce((sum, { count }) => sum + count, 0)
      const sum = started + skipped + suppressed + missed + pending + lost
      return [
        ...(lost === 0 ? [] : [`${job}: ${lost} due times unexplained`]),
        ...(accountedTwice === 0 ? [] : [`${job}: ${accountedTwice} accounted twice`]),
        ...(offSchedule === 0 ? [] : [`${job}: ${offSchedule} off schedule`]),
        ...(expected === sum ? [] : [`${job}: expected ${expected}, accounted ${sum}`]),
      ]
    },
  )
}

/** The pause at the end holds a run between two attempts. Its calls are counted once it is settled. */
function isWaiting({ state, nextAttemptAt }: Run): boolean {
  return state === 'running' && nextAttemptAt !== null
}

function repeated(keys: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return keys.filter((key) => seen.has(key) || !seen.add(key))
}
