import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import { type HistoryQuery, type MetricHistory, toHistory, toSeriesQuery } from '../../metrics/history.ts'
import type { Store } from '../../ports/store.ts'
import { bucketsKeptMs } from '../../run/retention.ts'
import { BUCKET_WIDTHS } from '../../run/windows.ts'
import type { Units } from '../../session/units.ts'

export interface HistorianOptions<S> {
  readonly scheduler: string
  readonly jobs: ReadonlyMap<string, unknown>
  readonly retentionMs: number
  /** The longest window of a snapshot. */
  readonly recentWindowMs: number
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
}

/** Answers how a metric went over time, in one read whose cost depends on the range alone. */
export function createHistorian<S>(options: HistorianOptions<S>) {
  const { scheduler, jobs, retentionMs, recentWindowMs, store, units, clock } = options
  const keptMs = bucketsKeptMs({ retentionMs, longestWindowMs: recentWindowMs })

  return {
    async history(query: HistoryQuery): Promise<MetricHistory> {
      const series = toSeriesQuery(query)
      if (query.job !== undefined && !jobs.has(query.job)) throw new SchedulerError('JOB_NOT_FOUND', { job: query.job })
      const now = clock.now()
      const input = { scheduler, asOf: now, windowsMs: {}, series }
      const measures = await units.run('history', (session) => store.readMeasures(session, input), { readOnly: true })
      return toHistory(query, measures.series, { now, knownFrom: knownFrom(measures.since, now) })
    },
  }

  /** A minute is left to a pruner that works while we read, and half a minute is none. */
  function knownFrom(since: number, now: number): number {
    const { minute } = BUCKET_WIDTHS
    const kept = Math.ceil((now - keptMs) / minute + 1) * minute
    return Math.max(kept, Math.floor(since / minute) * minute)
  }
}
