import {
  type HistoryBounds,
  type HistoryQuery,
  type MetricHistory,
  toHistory,
  toSeriesQuery,
} from '../../metrics/history.ts'
import type { StoreMeasures } from '../../ports/measures.ts'
import { bucketsKeptMs } from '../../run/retention.ts'
import { BUCKET_WIDTHS } from '../../run/windows.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createStandReader } from './stand-reader.ts'

/** Answers the history of a metric, in one read whose cost depends on the range alone. */
export function createHistorian<S extends object>(context: SchedulerContext<S>) {
  const { scheduler, store, units, clock } = context
  const { assertKnown } = createStandReader<S>(context)
  const { retentionMs, recentWindowMs } = context.options
  const keptMs = bucketsKeptMs({ retentionMs, longestWindowMs: recentWindowMs })

  return {
    async history(query: HistoryQuery): Promise<MetricHistory> {
      const series = toSeriesQuery(query)
      if (query.job !== undefined) await assertKnown(query.job)
      const now = clock.now()
      const input = { scheduler, asOf: now, windowsMs: {}, series }
      const measures = await units.run('history', (session) => store.readMeasures(session, input), { readOnly: true })
      return toHistory(query, measures.series, { now, ...begin(measures, now) })
    },
  }

  /** The first whole minute that is known: a minute of reserve, since the pruner may delete while we read. */
  function begin({ since, series }: StoreMeasures, now: number): Pick<HistoryBounds, 'knownFrom' | 'isBeginning'> {
    const { minute } = BUCKET_WIDTHS
    const kept = Math.max(Math.ceil((now - keptMs) / minute + 1) * minute, series.keptFrom ?? -Infinity)
    const counted = Math.floor(since / minute) * minute
    return { knownFrom: Math.max(kept, counted), isBeginning: counted >= kept }
  }
}
