export {
  createStagedScheduler,
  type StagedScheduler,
} from '../../../packages/scheduler-testing/src/conformance/http/staged-scheduler.ts'
export { createStallMeter, type StallMeter, type StallMeterOptions } from './stall-meter.ts'
