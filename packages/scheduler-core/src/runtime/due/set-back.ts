import type { Clock } from '../../clock.ts'

/** Corrections up to this are frequent, and leave no cursor ahead for long. */
const SMALL_CORRECTION_MS = 1_000

/** Makes the function that answers whether the wall clock was set back since it was last asked. */
export function createSetBackWatch(clock: Clock): () => boolean {
  let lead = clock.now() - clock.monotonic()
  return () => {
    const before = lead
    lead = clock.now() - clock.monotonic()
    return lead < before - SMALL_CORRECTION_MS
  }
}
