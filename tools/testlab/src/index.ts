export {
  createStagedScheduler,
  type StagedScheduler,
} from '../../../packages/scheduler-testing/src/conformance/http/staged-scheduler.ts'
export { byDeadline, type Deadline } from './by-deadline.ts'
export { type LabProcess, type LabProcessOptions, startLabProcess } from './lab-process.ts'
export { liveAsChild } from './live-as-child.ts'
export { createStallMeter, type StallMeter, type StallMeterOptions } from './stall-meter.ts'
