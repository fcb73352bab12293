import { heap } from './heap.ts'
import { oursCron, oursEvery } from './ours.ts'
import { croner, nodeCronContender, nodeScheduleContender, toad } from './peers.ts'

/** Everything that is measured, the floor first. */
export const CONTENDERS = {
  heap,
  every: oursEvery,
  cron: oursCron,
  toad,
  croner,
  'node-cron': nodeCronContender,
  'node-schedule': nodeScheduleContender,
} as const

export type ContenderName = keyof typeof CONTENDERS

export const CONTENDER_NAMES = Object.keys(CONTENDERS) as readonly ContenderName[]
