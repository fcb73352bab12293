import type { Attributes, Meter, Observable } from '@opentelemetry/api'
import { metricScopeOf } from '../../metrics/scope.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { type Instrument, instrumentsOf } from '../instruments.ts'
import { opentelemetryName } from '../names.ts'
import { readInstrument, type Series } from '../read-instrument.ts'
import { recordRuns } from './record-runs.ts'
import { ucumOf } from './ucum.ts'

/**
 * Publishes schedulers on a meter: an instrument for each metric that monitoring can use. Counts and states come from a
 * snapshot at each collection, for the whole store; durations are recorded as runs of this process are settled. Returns
 * a function that stops it.
 */
export function registerSchedulerInstruments(meter: Meter, schedulers: Scheduler | readonly Scheduler[]): () => void {
  const all = 'snapshot' in schedulers ? [schedulers] : schedulers
  const observed = instrumentsOf(all)
    .filter(({ kind }) => kind !== 'histogram')
    .map((instrument) => ({
      instrument,
      observable: createObservable(meter, instrument),
    }))
  const stopRecording = all.map((scheduler) => recordRuns(meter, scheduler))

  async function observe(result: BatchResult): Promise<void> {
    const readings = await Promise.all(all.map((scheduler) => scheduler.snapshot().catch(() => null)))
    for (const reading of readings) {
      if (reading === null) continue
      const scope = metricScopeOf(reading)
      for (const { instrument, observable } of observed) {
        for (const { value, attributes } of pointsOf(instrument, readInstrument(instrument, scope))) {
          result.observe(observable, value, attributes)
        }
      }
    }
  }

  const observables = observed.map(({ observable }) => observable)
  meter.addBatchObservableCallback(observe, observables)
  return () => {
    meter.removeBatchObservableCallback(observe, observables)
    for (const stop of stopRecording) stop()
  }
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
      attributes: { ...series.labels, state },
    }))
  })
}
