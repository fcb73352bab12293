import type { FaultMoment } from './fault.ts'
import { createRandom } from './random.ts'

/** What may befall the calls of one name, and how often. Chances are from 0 to 1. */
export interface FaultRule {
  /** The call fails before anything happens. */
  readonly before?: number
  /** The unit of the call commits, and then fails all the same: nobody can tell from outside. */
  readonly afterCommit?: number
  /** The call is held up. */
  readonly delay?: number
}

/** Decides, call by call, what befalls it. */
export interface FaultPlan {
  /** What befalls the next call of this name; `null` for nothing. Calls are counted. */
  next(call: string): InjectedEffect | null
}

export type InjectedEffect = FaultMoment | 'delay'

/**
 * Draws from a seed: the same seed and the same calls make the same faults. `rules` are by the name of the call; `all`
 * holds for the names that have none of their own.
 */
export function createRandomPlan(seed: number, rules: Readonly<Record<string, FaultRule>>): FaultPlan {
  const random = createRandom(seed)
  return {
    next(call) {
      const { before = 0, afterCommit = 0, delay = 0 } = rules[call] ?? rules['all'] ?? {}
      const drawn = random()
      if (drawn < before) return 'before'
      if (drawn < before + afterCommit) return 'after-commit'
      return drawn < before + afterCommit + delay ? 'delay' : null
    },
  }
}

/** Lets the calls through but for the nth, counted from 1 over all names. */
export function createNthPlan(nth: number, moment: FaultMoment): FaultPlan & { readonly struck: string | null } {
  let calls = 0
  let struck: string | null = null
  return {
    next(call) {
      calls++
      if (calls !== nth) return null
      struck = call
      return moment
    },
    get struck() {
      return struck
    },
  }
}
