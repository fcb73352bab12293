import type { UnreadableJob } from '../../ports/locked-jobs.ts'
import type { Logger } from '../../ports/logger.ts'

/** The jobs that the ticker passes over because the store holds an impossible value for them. */
export interface Corruption {
  /** Machine codes of the problems. */
  reasons(): readonly string[]
  /** Takes the result of a look at these jobs: logs new findings and forgets repaired ones. */
  found(looked: Iterable<string>, unreadable: readonly UnreadableJob[]): void
}

export function createCorruption(logger: Logger): Corruption {
  const known = new Map<string, string>()
  return {
    reasons: () => (known.size > 0 ? ['STORE_CORRUPT'] : []),
    found(looked, unreadable) {
      const now = new Map(unreadable.map(({ job, error }) => [job, error]))
      for (const job of looked) {
        const error = now.get(job)
        if (!error) known.delete(job)
        else if (known.get(job) !== error.message) {
          known.set(job, error.message)
          logger.error(
            { job, err: error },
            'The store holds an impossible value for this job, which is passed over until the value is repaired',
          )
        }
      }
    },
  }
}
