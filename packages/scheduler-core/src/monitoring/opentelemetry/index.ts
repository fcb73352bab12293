import '#node-floor'

export { createTracingEngine, type TracingEngineOptions } from './create-tracing-engine.ts'
export { registerSchedulerInstruments } from './register-scheduler-instruments.ts'
