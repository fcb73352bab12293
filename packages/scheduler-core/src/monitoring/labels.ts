import type { Listed } from '../metrics/subjects.ts'

/**
 * The labels of our series, and the attributes of our OpenTelemetry instruments. No label is one that a scrape sets
 * itself: Prometheus would rename ours `job` to `exported_job`, and every rule that groups by `job` would then group by
 * the name of the scrape.
 *
 * Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config (`honor_labels`)
 */
export const LABELS = {
  scheduler: 'scheduler',
  job: 'scheduler_job',
  provider: 'provider',
  state: 'state',
  /** The upper bound of a bucket, as Prometheus wants it. Only histograms have it. */
  bound: 'le',
} as const satisfies Readonly<Record<'scheduler' | Extract<Listed, 'job' | 'provider'> | 'state' | 'bound', string>>
