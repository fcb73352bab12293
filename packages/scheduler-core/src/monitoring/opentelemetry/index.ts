import '#node-floor'

export type { JobSeriesOptions } from '../job-series.ts'
export { createTracingEngine, type TracingEngineOptions } from './create-tracing-engine.ts'
export { registerSchedulerInstruments } from './register-scheduler-instruments.ts'
