import type { JobOptions } from '@pm/scheduler-core'

import { MINUTE, type Step } from './stage.ts'

export const A_WHILE = 10 * MINUTE

/** A job without a schedule. */
export function onDemand<S>(handler: Step<S>, options: Partial<JobOptions<S>> = {}): JobOptions<S> {
  return { name: 'send', schedule: null, handler, ...options }
}
