import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { UNITS } from '../../reading/units.ts'
import { representativeOf } from '../../run/histogram.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { INSTRUMENTS } from '../instruments.ts'
import { opentelemetryName } from '../names.ts'
import { ucumOf } from './ucum.ts'

/** Records how long the runs of this process took, how late they were, and how long providers took to answer. */
export function recordRuns(meter: Meter, scheduler: Scheduler): () => void {
  const histograms = new Map<string, (ms: number, attributes: Attributes) => void>()
  for (const instrument of INSTRUMENTS) {
    if (instrument.kind !== 'histogram') continue
    const { unit, help, metric } = instrument
    const options = { description: help, unit: ucumOf(unit) }
    const histogram: Histogram = meter.createHistogram(opentelemetryName(instrument), options)
    histograms.set(metric.numerator.join(), (ms, attributes) => histogram.record(ms * UNITS[unit].perBase, attributes))
  }

  return scheduler.on('run-settled', ({ job, durationMs, latenessMs, calls }) => {
    const attributes = { scheduler: scheduler.name, job }
    if (durationMs !== null) histograms.get('duration_ms')?.(durationMs, attributes)
    if (latenessMs !== null) histograms.get('lateness_ms')?.(latenessMs, attributes)
    for (const { provider, tally } of calls) {
      const { histogram } = tally.distributions.answered_ms
      for (let at = 0; at < histogram.length; at += 2) {
        for (let n = 0; n < (histogram[at + 1] ?? 0); n++) {
          histograms.get('answered_ms')?.(representativeOf(histogram[at] ?? 0), { scheduler: scheduler.name, provider })
        }
      }
    }
  })
}
