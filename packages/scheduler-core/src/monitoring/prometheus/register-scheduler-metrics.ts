import { refuseOption } from '../../options/refuse-option.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { instrumentsOf } from '../instruments.ts'
import { createJobSeries, type JobSeriesOptions, type PublishedScheduler } from '../job-series.ts'
import { type Collector, createCollectors, isCollector, REGISTERED } from './collector.ts'

/**
 * A host's own registry, of prom-client or of @prometheus-io/client: the type names only the methods that are called.
 */
export interface PrometheusRegistry {
  registerMetric(metric: never): void
  removeSingleMetric(name: string): void
  getSingleMetric(name: string): unknown
  getMetricsAsArray(): readonly object[]
}

/**
 * Publishes schedulers on a registry of the host: one collector for each metric of the table that monitoring can use.
 * Each scrape takes one snapshot of each scheduler, or a shared one from the last second, so that the numbers of a
 * scrape belong together. While the store is down, a scrape gets the last numbers, with their age. A scheduler that
 * never had a snapshot has no series.
 *
 * A later call for the same registry adds its schedulers. A scheduler takes the place of an earlier one of its name, so
 * that a hot reload may register again. Answers a function that takes these schedulers off the registry; calling it
 * again, or after others took their place, does nothing. Throws `INVALID_OPTIONS`, and changes nothing, when the host
 * has registered a metric of its own under one of the names, or the limit of jobs is invalid.
 */
export function registerSchedulerMetrics(
  registry: PrometheusRegistry,
  schedulers: Scheduler | readonly Scheduler[],
  options?: JobSeriesOptions,
): () => void {
  const jobs = createJobSeries(options)
  const own = 'snapshot' in schedulers ? [schedulers] : schedulers
  const names = new Set(own.map(({ name }) => name))
  const kept = publishedOn(registry).filter(({ scheduler }) => !names.has(scheduler.name))
  publish(registry, [...kept, ...own.map((scheduler) => ({ scheduler, jobs }))])
  return () => {
    const published = publishedOn(registry)
    const others = published.filter(({ scheduler }) => !own.includes(scheduler))
    if (others.length < published.length) publish(registry, others)
  }
}

/** The schedulers that earlier calls have registered. The registry itself keeps them, in our collectors. */
function publishedOn(registry: PrometheusRegistry): readonly PublishedScheduler[] {
  return registry.getMetricsAsArray().find(isCollector)?.[REGISTERED].sources ?? []
}

/** Replaces our collectors on the registry with those of these schedulers. */
function publish(registry: PrometheusRegistry, sources: readonly PublishedScheduler[]): void {
  const instruments = instrumentsOf(sources.map(({ scheduler }) => scheduler))
  const collectors = sources.length === 0 ? [] : createCollectors(instruments, sources)
  for (const collector of collectors) refuseNamesake(registry, collector)
  for (const earlier of registry.getMetricsAsArray().filter(isCollector)) {
    registry.removeSingleMetric(earlier[REGISTERED].as)
  }
  // The registries' types ask for their own classes; their code calls only this shape.
  for (const collector of collectors) registry.registerMetric(collector as never)
}

function refuseNamesake(registry: PrometheusRegistry, { name }: Collector): void {
  const namesake = registry.getSingleMetric(name)
  if (namesake === undefined || isCollector(namesake)) return
  const received = `one that has another metric with the name ${name}`
  refuseOption({ path: 'registry', value: registry, received, expected: 'a registry without metrics of these names' })
}
