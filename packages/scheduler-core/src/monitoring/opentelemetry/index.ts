import '#node-floor'

export type { JobSeriesOptions } from '../job-series.ts'
export { createRunTracing, type RunTracingOptions } from './create-run-tracing.ts'
export { registerSchedulerInstruments } from './register-scheduler-instruments.ts'
export { registerWorkerInstruments } from './register-worker-instruments.ts'
