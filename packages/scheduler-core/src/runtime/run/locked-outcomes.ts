import { type Clock, sleep } from '../../clock.ts'
import type { Outcome } from './held-outcomes.ts'

/** Outcomes whose rows another transaction holds. They are retried until the rows are free. */
export interface LockedOutcomes {
  readonly outcomes: readonly Outcome[]
  add(outcome: Outcome): void
}

export interface LockedOutcomesOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Writes the outcomes whose rows are free, and adds the others again. Must not reject. */
  readonly write: (batch: readonly Outcome[]) => Promise<void>
}

const FIRST_LOOK_MS = 20
const LONGEST_PAUSE_MS = 1_000

export function createLockedOutcomes({ clock, signal, write }: LockedOutcomesOptions): LockedOutcomes {
  const waiting = new Set<Outcome>()
  let writing: readonly Outcome[] = []
  let isLooking = false

  async function keepLooking(): Promise<void> {
    for (let waitMs = FIRST_LOOK_MS; waiting.size > 0; waitMs = Math.min(2 * waitMs, LONGEST_PAUSE_MS)) {
      await sleep(clock, waitMs, signal)
      if (signal.aborted) return
      writing = [...waiting]
      waiting.clear()
      await write(writing)
      writing = []
    }
    isLooking = false
  }

  return {
    get outcomes() {
      return [...new Set([...writing, ...waiting])]
    },
    add(outcome) {
      waiting.add(outcome)
      if (isLooking) return
      isLooking = true
      void keepLooking()
    },
  }
}
