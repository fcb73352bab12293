import type { EpochMs } from '../clock.ts'
import type { InactiveSpan } from './inactive.ts'
import type { TickPlan } from './plan-tick.ts'

/**
 * The plan of a job that is paused or stopped now. It starts no run, not even for an earlier due time, and cancels
 * none. The due time that the plan would have claimed gets the state of due times during the pause or stop.
 */
export function withhold(plan: TickPlan, inactive: readonly InactiveSpan[], now: EpochMs): TickPlan {
  if (inactive.length === 0) return plan
  const fates = inactive.filter((span) => now < span.upTo).map((span) => span.as)
  const [first] = fates
  if (first === undefined) return plan
  if (plan.run === null) return { ...plan, cancelRunning: false }
  const state = fates.includes('missed') ? 'missed' : first
  const withheld = { state, reason: null, first: plan.run, last: plan.run, count: 1 }
  return { ...plan, run: null, unrun: [...plan.unrun, withheld].sort((a, b) => a.first - b.first) }
}
