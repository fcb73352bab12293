/** The jobs whose messages a worker had to leave: none of theirs is fetched for a while. */
export interface PassedOver {
  /** Those that are passed over now. */
  jobs(): string[]
  /** Passes over them from now on, each time longer. */
  left(jobs: Iterable<string>): void
  /** Their messages are taken again. */
  taken(jobs: Iterable<string>): void
}

const FIRST_MS = 500
/** Long enough to look at the messages of hundreds of jobs one by one, so that what stands behind them has its turn. */
const LONGEST_MS = 5_000

/** @param now a clock that never goes back, in milliseconds. */
export function createPassedOver(now: () => number): PassedOver {
  const pauses = new Map<string, { readonly until: number; readonly pauseMs: number }>()
  return {
    jobs: () => [...pauses].flatMap(([job, { until }]) => (until > now() ? [job] : [])),
    left(jobs) {
      for (const job of jobs) {
        const before = pauses.get(job)
        const pauseMs = before ? Math.min(LONGEST_MS, 4 * before.pauseMs) : FIRST_MS
        pauses.set(job, { until: now() + pauseMs, pauseMs })
      }
    },
    taken(jobs) {
      for (const job of jobs) pauses.delete(job)
    },
  }
}
