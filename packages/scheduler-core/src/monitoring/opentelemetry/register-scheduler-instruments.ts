import type { Attributes, Meter, Observable } from '@opentelemetry/api'
import { metricScopeOf } from '../../metrics/scope.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { type Instrument, instrumentsOf } from '../instruments.ts'
import { createJobSeries, JOBS_WITHOUT_SERIES, type JobSeriesOptions } from '../job-series.ts'
import { LABELS } from '../labels.ts'
import { opentelemetryName } from '../names.ts'
import { readInstrument, type Series } from '../read-instrument.ts'
import { recordRuns } from './record-runs.ts'
import { ucumOf } from './ucum.ts'

/**
 * Publishes schedulers on a meter: an instrument for each metric that monitoring can use. Counts and states come from a
 * snapshot at each collection, for the whole store; durations are recorded as runs of this process are settled. A later
 * call for the same meter adds its schedulers; a scheduler takes the place of an earlier one of its name, so that a hot
 * reload may register again. Returns a function that stops what this call began. Throws `INVALID_OPTIONS` for an
 * invalid limit of jobs.
 */
export function registerSchedulerInstruments(
  meter: Meter,
  schedulers: Scheduler | readonly Scheduler[],
  options?: JobSeriesOptions,
): () => void {
  const jobs = createJobSeries(options)
  const all = 'snapshot' in schedulers ? [schedulers] : schedulers
  const observed = instrumentsOf(all)
    .filter(({ kind }) => kind !== 'histogram')
    .map((instrument) => ({
      instrument,
      observable: createObservable(meter, instrument),
    }))
  const leftOut = meter.createObservableGauge(JOBS_WITHOUT_SERIES.opentelemetry, LEFT_OUT)
  const observables = [leftOut, ...observed.map(({ observable }) => observable)]
  const live = new Map<Scheduler, () => void>()

  async function observe(result: BatchResult): Promise<void> {
    const readings = await Promise.all(Array.from(live.keys(), (scheduler) => scheduler.snapshot().catch(() => null)))
    for (const reading of readings) {
      if (reading === null) continue
      const scope = metricScopeOf(reading)
      result.observe(leftOut, jobs.leftOut(reading.snapshot), { [LABELS.scheduler]: reading.snapshot.scheduler.name })
      for (const { instrument, observable } of observed) {
        for (const { value, attributes } of pointsOf(instrument, readInstrument(instrument, scope, jobs))) {
          result.observe(observable, value, attributes)
        }
      }
    }
  }

  const published = publishedOn(meter)
  for (const scheduler of all) {
    published.get(scheduler.name)?.()
    const stopRecording = recordRuns(meter, { scheduler, jobs })
    const stop = () => {
      if (!live.delete(scheduler)) return
      stopRecording()
      published.delete(scheduler.name)
      if (live.size === 0) meter.removeBatchObservableCallback(observe, observables)
    }
    live.set(scheduler, stop)
    published.set(scheduler.name, stop)
  }
  meter.addBatchObservableCallback(observe, observables)
  return () => {
    for (const stop of live.values()) stop()
  }
}

const LEFT_OUT = { description: JOBS_WITHOUT_SERIES.help, unit: '{jobs}' }

/** How to stop each scheduler that is published on a meter, by its name. Every copy of this package has this key. */
const PUBLISHED = Symbol.for('@pm/scheduler-core.instruments')

type Published = Map<string, () => void>

/** The meter itself keeps what is published on it, as long as it lives. */
function publishedOn(meter: Meter & { [PUBLISHED]?: Published }): Published {
  const known = meter[PUBLISHED]
  if (known) return known
  const published: Published = new Map()
  Object.defineProperty(meter, PUBLISHED, { value: published })
  return published
}

interface BatchResult {
  observe(observable: Observable, value: number, attributes?: Attributes): void
}

function createObservable(meter: Meter, instrument: Instrument): Observable {
  const options = { description: instrument.help, unit: ucumOf(instrument.unit) }
  const name = opentelemetryName(instrument)
  return instrument.kind === 'counter'
    ? meter.createObservableCounter(name, options)
    : meter.createObservableGauge(name, options)
}

function pointsOf(instrument: Instrument, all: readonly Series[]) {
  return all.flatMap((series) => {
    if (series.kind === 'number') return [{ value: series.value, attributes: series.labels }]
    if (series.kind !== 'state' || instrument.kind !== 'states') return []
    return instrument.states.map((state) => ({
      value: state === series.state ? 1 : 0,
      attributes: { ...series.labels, [LABELS.state]: state },
    }))
  })
}
