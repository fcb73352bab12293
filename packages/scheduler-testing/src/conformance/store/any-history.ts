import fc from 'fast-check'

import type { Scene, Stage } from '../harness/scene.ts'
import { type Happening, happenings } from './random-history.ts'

/** What must hold of every random history, given what else it depends on. */
export interface HistoryProperty<S, T> {
  readonly given: fc.Arbitrary<T>
  /** How many histories (default: as many as the suite is asked for). */
  readonly histories?: number
  /** The scene is the history's own: a scheduler of which nothing has happened yet. */
  check(scene: Scene<S>, plot: readonly Happening[], given: T): Promise<void>
}

/**
 * Holds a property against as many random histories as the suite is asked for. A few take place at once, each in a
 * scheduler of its own, as far as the store carries units beside each other.
 */
export async function forAnyHistory<S, T>(
  stage: Stage<S>,
  { given, histories = stage.options.histories, check }: HistoryProperty<S, T>,
): Promise<void> {
  const { seed } = stage.options
  const scene = await stage.open()
  const length = Math.min(MOST_AT_ONCE, histories, scene.harness.concurrentUnits ?? MOST_AT_ONCE)
  let history = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(happenings, given), { minLength: length, maxLength: length }),
      async (together) => {
        const checks = together.map(([plot, more]) => check(scene.beside(`history-${history++}`), plot, more))
        await Promise.all(checks)
      },
    ),
    { numRuns: Math.ceil(histories / length), ...(seed !== undefined && { seed }), endOnFailure: true },
  )
}

/** Enough for the store to work while the model counts. */
const MOST_AT_ONCE = 4
