import { metricScopeOf } from '../../metrics/scope.ts'
import type { Instrument } from '../instruments.ts'
import type { PublishedScheduler } from '../job-series.ts'
import {
  describeFamily,
  LEFT_OUT,
  type MetricFamily,
  type Published,
  type Sample,
  toLeftOut,
  toSamples,
} from './metric-families.ts'

/** A metric as the registries call it. They shorten the names of counters in place for the OpenMetrics format. */
export interface Collector extends Collected {
  name: string
  readonly [REGISTERED]: Registered
  get(): Promise<Collected & { readonly values: readonly CollectedValue[] }>
}

/** The mark of our collectors on a registry. Every copy of this package has the same one. */
export const REGISTERED = Symbol.for('@pm/scheduler-core.collector')

interface Registered {
  /** The name under which the registry keeps the collector. */
  readonly as: string
  readonly sources: readonly PublishedScheduler[]
}

type Collected = Omit<MetricFamily, 'samples'> & {
  /** Every process that shares a store publishes the same, so one of them is enough. */
  readonly aggregator: 'first'
}

interface CollectedValue extends Pick<Sample, 'labels' | 'value'> {
  readonly metricName?: string
}

export function isCollector(metric: unknown): metric is Collector {
  return typeof metric === 'object' && metric !== null && REGISTERED in metric
}

/** One collector for each instrument, and one for what the limits of jobs leave out. */
export function createCollectors(
  instruments: readonly Instrument[],
  sources: readonly PublishedScheduler[],
): readonly Collector[] {
  const ofInstruments = instruments.map((instrument) =>
    createCollector(describeFamily(instrument), sources, (published) => toSamples(instrument, published)),
  )
  return [...ofInstruments, createCollector(LEFT_OUT, sources, (published) => [toLeftOut(published)])]
}

function createCollector(
  described: Omit<MetricFamily, 'samples'>,
  sources: readonly PublishedScheduler[],
  samplesOf: (published: Published) => readonly Sample[],
): Collector {
  return {
    ...described,
    [REGISTERED]: { as: described.name, sources },
    aggregator: 'first',
    async get() {
      const read = await Promise.all(sources.map(readSource))
      const samples = read.flatMap((published) => (published === null ? [] : samplesOf(published)))
      const values = samples.map((sample) => ({
        labels: sample.labels,
        value: sample.value,
        // Only the samples that a histogram adds have a name of their own.
        ...(sample.name !== described.name && { metricName: sample.name }),
      }))
      return { ...described, name: this.name, aggregator: 'first', values }
    },
  }
}

async function readSource({ scheduler, jobs }: PublishedScheduler): Promise<Published | null> {
  const reading = await scheduler.snapshot().catch(() => null)
  return reading && { scope: metricScopeOf(reading), jobs }
}
