import { metricScopeOf } from '../../metrics/scope.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { type Instrument, instrumentsOf } from '../instruments.ts'
import { describeFamily, type MetricFamily, type Sample, toSamples } from './metric-families.ts'

/**
 * A host's own registry, of prom-client or of @prometheus-io/client: the type names only the methods that are called.
 */
export interface PrometheusRegistry {
  registerMetric(metric: never): void
}

/**
 * Publishes schedulers on a registry of the host: one collector for each metric of the table that monitoring can use.
 * Each scrape takes one snapshot of each scheduler, or a shared one from the last second, so that the numbers of a
 * scrape belong together. While the store is down, a scrape gets the last numbers, with their age. A scheduler that
 * never had a snapshot has no series. Register all schedulers of a registry in one call, since a name can be registered
 * only once.
 */
export function registerSchedulerMetrics(
  registry: PrometheusRegistry,
  schedulers: Scheduler | readonly Scheduler[],
): void {
  const all = 'snapshot' in schedulers ? [schedulers] : schedulers
  for (const instrument of instrumentsOf(all)) {
    // The registries' types ask for their own classes; their code calls only this shape.
    registry.registerMetric(createCollector(instrument, all) as never)
  }
}

type Collected = Omit<MetricFamily, 'samples'> & {
  /** Every process that shares a store publishes the same, so one of them is enough. */
  readonly aggregator: 'first'
}

/** A metric as the registries call it. They shorten the names of counters in place for the OpenMetrics format. */
interface Collector extends Collected {
  name: string
  get(): Promise<Collected & { readonly values: readonly CollectedValue[] }>
}

interface CollectedValue extends Pick<Sample, 'labels' | 'value'> {
  readonly metricName?: string
}

function createCollector(instrument: Instrument, schedulers: readonly Scheduler[]): Collector {
  const described = describeFamily(instrument)
  return {
    ...described,
    aggregator: 'first',
    async get() {
      const readings = await Promise.all(schedulers.map((scheduler) => scheduler.snapshot().catch(() => null)))
      const samples = readings.flatMap((reading) =>
        reading === null ? [] : toSamples(instrument, metricScopeOf(reading)),
      )
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
