import type { ReadOptions } from '../../api/read-options.ts'
import { placesOn } from '../../budget/places.ts'
import { createReadGate } from '../../budget/read-gate.ts'
import { createReadMeter, tookTooLong } from '../../budget/read-meter.ts'
import type { EpochMs } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { ResultPage } from '../../ports/pages.ts'
import type { Store } from '../../ports/store.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { readPool } from '../../session/read-pool.ts'
import type { Units } from '../../session/units.ts'

/** A question and its terms. */
export interface Question extends ReadOptions {
  /** The narrower question, in the names of its options. `reached` is the due time of the last entry that it could afford. */
  readonly narrower: (reached: EpochMs | null) => string
}

/**
 * Answers a question with a context of its own: its units of work end with the question's signal or time, and its reads
 * are counted. Throws `READS_BUSY`, `TOO_MANY_REQUESTS`, `READ_TOO_LARGE` and `READ_ABANDONED`.
 */
export type Ask<S extends object> = <T>(
  question: Question,
  answer: (asked: SchedulerContext<S>) => Promise<T>,
) => Promise<T>

/** The one budget of all questions to a scheduler, through whatever router they come. */
export function createAsk<S extends object>(context: SchedulerContext<S>): Ask<S> {
  const { clock } = context
  const { sessions, reads } = context.options
  const { places, queue, waitMs, timeoutMs, maxRows } = reads
  const gate = createReadGate({ places: () => placesOn(readPool(sessions).most, places), queue, waitMs, clock })

  function answerIn<T>(question: Question, answer: (asked: SchedulerContext<S>) => Promise<T>): Promise<T> {
    let reached: EpochMs | null = null
    const narrower = () => question.narrower(reached)
    const over = new AbortController()
    const timer =
      timeoutMs === Infinity ? null : clock.setTimer(() => over.abort(tookTooLong(timeoutMs, narrower())), timeoutMs)
    const signal = question.signal ? AbortSignal.any([question.signal, over.signal]) : over.signal
    const meter = createReadMeter({ maxRows, narrower })
    const store = counting(context.store, ({ items }) => {
      reached = items[Math.min(items.length, meter.left) - 1]?.scheduledFor ?? reached
      meter.count(items.length)
    })
    return answer({ ...context, store, units: until(signal, context.units) })
      .catch((error: unknown) => {
        throw over.signal.aborted ? over.signal.reason : error
      })
      .finally(() => timer?.cancel())
  }

  return async (question, answer) => {
    try {
      return await gate.run({ by: question.by ?? null, signal: question.signal }, () => answerIn(question, answer))
    } catch (error) {
      if (question.signal?.aborted) throw new SchedulerError('READ_ABANDONED', {}, { cause: question.signal.reason })
      throw error
    }
  }
}

/** Units of work that only read, and end when the signal aborts. */
function until<S>(signal: AbortSignal, units: Units<S>): Units<S> {
  return {
    get writes() {
      return units.writes
    },
    async run(name, work, options) {
      signal.throwIfAborted()
      return units.run(name, work, { ...options, signal })
    },
  }
}

type Listed = Pick<LedgerEntry, 'scheduledFor'>

/** A store that tells of each page that it hands out. */
function counting<S>(store: Store<S>, onPage: (page: ResultPage<Listed>) => void): Store<S> {
  return {
    ...store,
    async listEntries(session, query) {
      const page = await store.listEntries(session, query)
      onPage(page)
      return page
    },
    async listLog(session, query) {
      const page = await store.listLog(session, query)
      onPage({ ...page, items: page.items.map(() => NO_DUE_TIME) })
      return page
    },
  }
}

const NO_DUE_TIME: Listed = { scheduledFor: null }
