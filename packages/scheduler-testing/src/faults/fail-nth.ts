import { FAULT_MOMENTS, type FaultMoment } from './fault.ts'
import { createNthPlan, type FaultPlan } from './fault-plan.ts'

export interface FailNthOptions {
  /** When a call fails: before or after its effect (default both). */
  readonly moments?: readonly FaultMoment[]
  /** Gives up on a scenario that makes more calls than this (default 1,000). */
  readonly limit?: number
}

export interface FailNthReport {
  /** How often the scenario was played. */
  readonly rounds: number
  /** Which call was made to fail in which round, such as `settle after-commit`. */
  readonly struck: readonly string[]
}

/**
 * Plays a scenario again and again: with its first call failing, with its second, its third, until one round gets
 * through untouched; first with calls that fail before they begin, then with those that fail after their commit. The
 * scenario makes a fresh backend with the plan, survives the fault, and checks its invariants by itself. What it throws
 * comes out with the call that had failed.
 */
export async function failNth(
  scenario: (plan: FaultPlan) => Promise<void>,
  { moments = FAULT_MOMENTS, limit = 1_000 }: FailNthOptions = {},
): Promise<FailNthReport> {
  const struck: string[] = []
  let rounds = 0
  for (const moment of moments) {
    for (let nth = 1; ; nth++) {
      if (nth > limit) throw new Error(`The scenario makes more than ${limit} calls.`)
      rounds++
      const call = await playRound(scenario, nth, moment)
      if (call === null && nth === 1) throw new Error('The scenario makes no call that could fail.')
      if (call === null) break
      struck.push(`${call} ${moment}`)
    }
  }
  return { rounds, struck }
}

async function playRound(
  scenario: (plan: FaultPlan) => Promise<void>,
  nth: number,
  moment: FaultMoment,
): Promise<string | null> {
  const plan = createNthPlan(nth, moment)
  try {
    await scenario(plan)
  } catch (error) {
    const what = plan.struck === null ? 'without any fault' : `with call ${nth} (${plan.struck}) failing ${moment}`
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`The scenario does not hold ${what}: ${why}`, { cause: error })
  }
  return plan.struck
}
