// Imported first, so that an old Node fails with one clear sentence.
import '@pm/scheduler-core'

export { type BullmqEngineOptions, createBullmqEngine } from './create-bullmq-engine.ts'
