import { seriesBucketWidth } from '../metrics/series.ts'
import type { MeasureSeries, SeriesQuery } from '../ports/measures.ts'
import { CALL_FACTS, RUN_FACTS } from '../run/counters.ts'
import type { SchedulerData } from './state/scheduler-data.ts'
import { Sums } from './state/sums.ts'
import type { TallyView } from './state/tally-view.ts'

export function readSeries({ jobs, providers, buckets }: SchedulerData, query: SeriesQuery): MeasureSeries {
  const keptFrom = buckets.keptFrom(seriesBucketWidth(query))
  const known = keptFrom === -Infinity ? {} : { keptFrom }
  const sums = query.of === 'run' ? sumStretches(jobs, query) : sumStretches(providers, query)
  return query.of === 'run'
    ? { of: 'run', tallies: sums.map((sum) => sum.toTally(RUN_FACTS)), ...known }
    : { of: 'call', tallies: sums.map((sum) => sum.toTally(CALL_FACTS)), ...known }
}

interface Tallied {
  readonly tallies: { view(): Pick<TallyView<string, string>, 'sumInto'> }
}

function sumStretches(tallied: ReadonlyMap<string, Tallied>, query: SeriesQuery): readonly Sums[] {
  const { name, names, after, stepMs, points } = query
  const width = seriesBucketWidth(query)
  const isWanted = (key: string) => (name === undefined || key === name) && (names?.includes(key) ?? true)
  const measured = [...tallied].filter(([key]) => isWanted(key)).map(([, { tallies }]) => tallies.view())
  return Array.from({ length: points }, (_, index) => {
    const sum = new Sums()
    const start = after + index * stepMs
    for (const view of measured) view.sumInto(sum, width, { after: start, upTo: start + stepMs })
    return sum
  })
}
