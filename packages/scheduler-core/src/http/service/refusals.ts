import type { Clock, Timer } from '../../clock.ts'
import { isSchedulerError } from '../../errors.ts'

/** Reports refused streams and questions together: a crowd that comes back at once is one line of a log. */
export interface Refusals {
  /** Whether the error is such a refusal of a route, which is then reported later with how many there were. */
  takes(error: unknown, route: string): boolean
  /** Reports now what waits. */
  flush(): void
}

export interface RefusalsOptions {
  readonly clock: Clock
  /** Gets the first error of its kind on a route, and how many there were. */
  readonly report: (error: unknown, refused: { readonly route: string; readonly count: number }) => void
}

/** How long refusals are counted before they are reported. */
const COUNTED_MS = 10_000
const CODES = ['TOO_MANY_STREAMS', 'SHUTTING_DOWN', 'READS_BUSY'] as const

export function createRefusals({ clock, report }: RefusalsOptions): Refusals {
  const counted = new Map<string, { readonly first: unknown; readonly route: string; count: number }>()
  let timer: Timer | null = null

  function flush(): void {
    timer?.cancel()
    timer = null
    const all = [...counted.values()]
    counted.clear()
    for (const { first, route, count } of all) report(first, { route, count })
  }

  return {
    takes(error, route) {
      const code = CODES.find((each) => isSchedulerError(error, each))
      if (code === undefined) return false
      const key = `${code} ${route}`
      const known = counted.get(key) ?? { first: error, route, count: 0 }
      known.count++
      counted.set(key, known)
      timer ??= clock.setTimer(flush, COUNTED_MS)
      return true
    },
    flush,
  }
}
