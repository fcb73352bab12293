import type { Meter } from '@opentelemetry/api'

import type { Worker } from '../../worker-api.ts'
import { createJobSeries, type JobSeriesOptions } from '../job-series.ts'
import { recordRuns } from './record-runs.ts'

/**
 * Records on a meter how long the runs of workers took, how late they were, and how long they had waited in a queue, under
 * the names that `registerSchedulerInstruments` has for those of a scheduler, which publishes everything else. Returns a
 * function that stops it. Throws `INVALID_OPTIONS` for an invalid limit of jobs.
 */
export function registerWorkerInstruments(
  meter: Meter,
  workers: Worker | readonly Worker[],
  options?: JobSeriesOptions,
): () => void {
  const jobs = createJobSeries(options)
  const all = 'health' in workers ? [workers] : workers
  const stops = all.map((scheduler) => recordRuns(meter, { scheduler, jobs }))
  return () => {
    for (const stop of stops) stop()
  }
}
