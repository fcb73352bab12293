import { type MetricScope, metricScopeOf } from '../../metrics/scope.ts'
import { declaredBy, type SnapshotReading } from '../../reading/snapshot.ts'
import { representativeOf } from '../../run/histogram.ts'
import { type Instrument, instrumentsWith } from '../instruments.ts'
import { createJobSeries, JOBS_WITHOUT_SERIES, type JobSeries, type JobSeriesOptions } from '../job-series.ts'
import { LABELS } from '../labels.ts'
import { prometheusName } from '../names.ts'
import { type Labels, readInstrument, type Series } from '../read-instrument.ts'

/** All series of one name, as registries and the text format want them. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

export interface Sample {
  /** The family's, or with `_bucket`, `_sum` or `_count` behind it. */
  readonly name: string
  readonly labels: Labels
  readonly value: number
}

/**
 * A snapshot in Prometheus's terms. An unknown value, or a sum that is no longer exact, has no sample, and no label
 * takes a value for every feed. Throws `INVALID_OPTIONS` for an invalid limit of jobs.
 */
export function toMetricFamilies(reading: SnapshotReading, options?: JobSeriesOptions): readonly MetricFamily[] {
  const scope = metricScopeOf(reading)
  const jobs = createJobSeries(options)
  const instruments = instrumentsWith(declaredBy(reading.snapshot))
  const families = instruments.map((instrument) => ({
    ...describeFamily(instrument),
    samples: toSamples(instrument, { scope, jobs }),
  }))
  return [...families, { ...LEFT_OUT, samples: [toLeftOut({ scope, jobs })] }]
}

/** The family of what the limit of jobs leaves out. */
export const LEFT_OUT = {
  name: JOBS_WITHOUT_SERIES.prometheus,
  help: JOBS_WITHOUT_SERIES.help,
  type: 'gauge',
} as const satisfies Omit<MetricFamily, 'samples'>

/** A reading, and which of its jobs have series. */
export interface Published {
  readonly scope: MetricScope
  readonly jobs: JobSeries
}

export function toLeftOut({ scope, jobs }: Published): Sample {
  const { snapshot } = scope.snapshot
  const labels = { [LABELS.scheduler]: snapshot.scheduler.name }
  return { name: LEFT_OUT.name, labels, value: jobs.leftOut(snapshot) }
}

export function describeFamily(instrument: Instrument): Omit<MetricFamily, 'samples'> {
  const { help, kind } = instrument
  return { name: prometheusName(instrument), help, type: kind === 'states' ? 'gauge' : kind }
}

export function toSamples(instrument: Instrument, { scope, jobs }: Published): readonly Sample[] {
  const name = prometheusName(instrument)
  return readInstrument(instrument, scope, jobs).flatMap((series) => samplesOf(instrument, name, series))
}

function samplesOf(instrument: Instrument, name: string, { labels, ...series }: Series): readonly Sample[] {
  switch (series.kind) {
    case 'number':
      return [{ name, labels, value: series.value }]
    case 'state': {
      const states = instrument.kind === 'states' ? instrument.states : []
      return states.map((state) => ({
        name,
        labels: { ...labels, [LABELS.state]: state },
        value: state === series.state ? 1 : 0,
      }))
    }
    case 'histogram':
      return [
        ...cumulate(series.histogram).map(({ bound, count }) => bucket(name, labels, String(bound / 1_000), count)),
        bucket(name, labels, '+Inf', series.count),
        ...(series.sum === null ? [] : [{ name: `${name}_sum`, labels, value: series.sum }]),
        { name: `${name}_count`, labels, value: series.count },
      ]
  }
}

/** Upper bounds in milliseconds. A value counts where the representative of its bucket lies: at most 1 % off. */
const BOUNDS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000]

function cumulate(histogram: readonly number[]): readonly { readonly bound: number; readonly count: number }[] {
  let at = 0
  let count = 0
  return BOUNDS.map((bound) => {
    for (; at < histogram.length && representativeOf(histogram[at] ?? 0) <= bound; at += 2)
      count += histogram[at + 1] ?? 0
    return { bound, count }
  })
}

function bucket(name: string, labels: Labels, le: string, value: number): Sample {
  return { name: `${name}_bucket`, labels: { ...labels, [LABELS.bound]: le }, value }
}
