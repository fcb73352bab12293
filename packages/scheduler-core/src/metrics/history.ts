import { type EpochMs, type Instant, toIso } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { MeasureSeries, SeriesQuery } from '../ports/measures.ts'
import type { CallCounter, RunCounter } from '../run/counters.ts'
import { BUCKET_WIDTHS } from '../run/windows.ts'
import { toEpochMs } from '../schedule/instant.ts'
import { type Computed, computeOrSayWhy } from './compute.ts'
import type { MetricDefinition, SpreadMetric, TallyMetric } from './definition.ts'
import { METRIC_IDS, type MetricId, metricNamed } from './metrics.ts'
import { seriesBucketWidth } from './series.ts'

export interface HistoryQuery {
  /** Any metric that is computed over a window: a count, a ratio, a mean, a percentile or a maximum. */
  readonly metric: MetricId
  /** On a whole minute. */
  readonly from: Instant
  /** A whole number of steps after `from`: at most 2,000. */
  readonly to: Instant
  /** Whole minutes. When `from` and the steps are on whole hours, the store reads less, and may know more of the past. */
  readonly stepMs: number
  /** For a metric of runs: this job alone (default: all jobs together). */
  readonly job?: string
  /** For a metric of runs: these jobs together (default all). */
  readonly jobs?: readonly string[]
  /** For a metric of provider calls: this provider alone (default: all together). */
  readonly provider?: string
}

export interface MetricHistory {
  readonly metric: MetricId
  readonly stepMs: number
  /**
   * Values before this are `null`: their counters are no longer kept, because of their age or `maxBucketBytes`, or counting
   * had not begun. The step in which it began is known.
   */
  readonly knownFrom: EpochMs
  /** One for each step, in the order of time. */
  readonly points: readonly MetricHistoryPoint[]
}

/** A metric over what was settled in `(after, upTo]`. */
export interface MetricHistoryPoint extends Computed {
  readonly after: EpochMs
  readonly upTo: EpochMs
  /**
   * 0 for a count of nothing; `null` for a ratio, mean or percentile of nothing, and for an unknown or future value.
   */
  readonly value: number | null
}

/** The metrics that have a history: those that are computed over a window. */
export const HISTORY_METRICS: readonly MetricId[] = METRIC_IDS.filter((id) => isWindowed(metricNamed(id)))

const MAX_POINTS = 2_000
/** A month of single minutes, and some more. */
const MAX_BUCKETS = 50_000

/** The query for the store. Throws `INVALID_OPTIONS`. */
export function toSeriesQuery({ metric, stepMs, job, jobs, provider, ...range }: HistoryQuery): SeriesQuery {
  const [from, to] = [toEpochMs(range.from, 'history.from'), toEpochMs(range.to, 'history.to')]
  const { of } = windowed(metric)
  const { minute } = BUCKET_WIDTHS
  if (!isMultiple(from, minute))
    refuseOption({ path: 'history.from', value: from, received: toIso(from), expected: 'an instant on a whole minute' })
  if (!isMultiple(stepMs, minute) || stepMs <= 0)
    refuseOption({ path: 'history.stepMs', value: stepMs, expected: 'whole minutes, in milliseconds' })
  const points = (to - from) / stepMs
  if (!Number.isInteger(points) || points < 1 || points > MAX_POINTS) {
    const expected = `1 to ${MAX_POINTS} whole steps after from`
    refuseOption({ path: 'history.to', value: to, received: toIso(to), expected })
  }
  const buckets = (to - from) / BUCKET_WIDTHS[seriesBucketWidth({ after: from, stepMs })]
  if (buckets > MAX_BUCKETS)
    refuseOption({
      path: 'history.to',
      value: to,
      received: toIso(to),
      expected: `at most ${MAX_BUCKETS} minutes after from, unless all is on whole hours`,
    })
  if (of === 'run' && provider !== undefined)
    refuseOption({ path: 'history.provider', value: provider, expected: 'a metric of provider calls' })
  if (of === 'call' && job !== undefined)
    refuseOption({ path: 'history.job', value: job, expected: 'a metric of runs' })
  if (of === 'call' && jobs !== undefined)
    refuseOption({ path: 'history.jobs', value: jobs, expected: 'a metric of runs' })
  const name = of === 'run' ? job : provider
  const wanted = { ...(name !== undefined && { name }), ...(jobs !== undefined && { names: jobs }) }
  return { of, after: from, stepMs, points, ...wanted }
}

export interface HistoryBounds {
  readonly knownFrom: EpochMs
  /** Whether counting began at `knownFrom`. Then the step around it is known: nothing was counted before. */
  readonly isBeginning: boolean
  readonly now: EpochMs
}

/** Computes the metric for every stretch that was measured. Outside `knownFrom` and `now`, values are unknown. */
export function toHistory(
  query: HistoryQuery,
  series: MeasureSeries,
  { knownFrom, isBeginning, now }: HistoryBounds,
): MetricHistory {
  const { metric, stepMs } = query
  const from = toEpochMs(query.from, 'history.from')
  const points = computedFrom(windowed(metric), series).map((computed, index) => {
    const after = from + index * stepMs
    const upTo = after + stepMs
    const isKept = isBeginning ? upTo > knownFrom : after >= knownFrom
    return { after, upTo, ...(isKept && after < now ? computed : UNKNOWN) }
  })
  return { metric, stepMs, knownFrom, points }
}

type Windowed = TallyMetric<'run', RunCounter> | TallyMetric<'call', CallCounter> | SpreadMetric

function windowed(id: string): Windowed {
  const metric = metricNamed(id)
  return isWindowed(metric)
    ? metric
    : refuseOption({ path: 'history.metric', value: id, expected: 'the id of a metric that is computed over a window' })
}

function isWindowed(metric: MetricDefinition | undefined): metric is Windowed {
  return (metric?.of === 'run' || metric?.of === 'call') && metric.statistic !== 'value'
}

const UNKNOWN: Computed = { value: null }

function computedFrom(metric: Windowed, series: MeasureSeries): readonly Computed[] {
  if (metric.of === 'run' && series.of === 'run') return series.tallies.map((tally) => computeOrSayWhy(metric, tally))
  if (metric.of === 'call' && series.of === 'call') return series.tallies.map((tally) => computeOrSayWhy(metric, tally))
  throw new TypeError(`The store measured a series of ${series.of}s instead of ${metric.of}s.`)
}

function isMultiple(value: number, of: number): boolean {
  return Number.isSafeInteger(value) && value % of === 0
}
