import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { UNITS } from '../../reading/units.ts'
import { type Histogram as RunHistogram, representativeOf } from '../../run/histogram.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { standardInstruments } from '../instruments.ts'
import type { JobSeries } from '../job-series.ts'
import { LABELS } from '../labels.ts'
import { opentelemetryName } from '../names.ts'
import { ucumOf } from './ucum.ts'

/** A scheduler or a worker, and how many of its jobs have series. */
interface Recorded {
  readonly scheduler: Pick<Scheduler, 'name' | 'on'>
  readonly jobs: Pick<JobSeries, 'limit'>
}

/**
 * Records how long the runs of this process took, how late they were, how long they had waited in a queue, and how long
 * providers took to answer. Jobs beyond the limit, counted as they first ran here, share one series without the name of a
 * job.
 */
export function recordRuns(meter: Meter, { scheduler, jobs: { limit } }: Recorded): () => void {
  const histograms = new Map<string, (ms: number, attributes: Attributes) => void>()
  for (const instrument of standardInstruments()) {
    if (instrument.kind !== 'histogram') continue
    const { unit, help, metric } = instrument
    const options = { description: help, unit: ucumOf(unit) }
    const histogram: Histogram = meter.createHistogram(opentelemetryName(instrument), options)
    histograms.set(metric.numerator.join(), (ms, attributes) => histogram.record(ms * UNITS[unit].perBase, attributes))
  }

  const named = new Set<string>()
  return scheduler.on('run-settled', ({ job, durationMs, latenessMs, queueWaitMs, calls }) => {
    const ofAll = { [LABELS.scheduler]: scheduler.name }
    if (named.size < limit) named.add(job)
    const attributes = named.has(job) ? { ...ofAll, [LABELS.job]: job } : ofAll
    if (durationMs !== null) histograms.get('duration_ms')?.(durationMs, attributes)
    if (latenessMs !== null) histograms.get('lateness_ms')?.(latenessMs, attributes)
    if (queueWaitMs !== null) histograms.get('queue_wait_ms')?.(queueWaitMs, attributes)
    for (const { provider, tally } of calls) {
      const ofProvider = { ...ofAll, [LABELS.provider]: provider }
      for (const ms of valuesOf(tally.distributions.answered_ms.histogram)) {
        histograms.get('answered_ms')?.(ms, ofProvider)
      }
    }
  })
}

/** Each value of a histogram, as the representative of its bucket. */
function* valuesOf(histogram: RunHistogram): Generator<number> {
  for (let at = 0; at < histogram.length; at += 2) {
    for (let n = 0; n < (histogram[at + 1] ?? 0); n++) yield representativeOf(histogram[at] ?? 0)
  }
}
