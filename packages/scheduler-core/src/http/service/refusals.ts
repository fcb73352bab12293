import type { Clock, Timer } from '../../clock.ts'
import { isSchedulerError } from '../../errors.ts'

/** Reports refused streams together: a crowd that comes back at once is one line of a log. */
export interface Refusals {
  /** Whether the error is such a refusal, which is then reported later with how many there were. */
  takes(error: unknown): boolean
  /** Reports now what waits. */
  flush(): void
}

export interface RefusalsOptions {
  readonly clock: Clock
  /** Gets the first error of its kind, and how many there were. */
  readonly report: (error: unknown, count: number) => void
}

/** How long refusals are counted before they are reported. */
const COUNTED_MS = 10_000
const CODES = ['TOO_MANY_STREAMS', 'SHUTTING_DOWN'] as const

export function createRefusals({ clock, report }: RefusalsOptions): Refusals {
  const counted = new Map<string, { readonly first: unknown; count: number }>()
  let timer: Timer | null = null

  function flush(): void {
    timer?.cancel()
    timer = null
    const all = [...counted.values()]
    counted.clear()
    for (const { first, count } of all) report(first, count)
  }

  return {
    takes(error) {
      const code = CODES.find((each) => isSchedulerError(error, each))
      if (code === undefined) return false
      const known = counted.get(code) ?? { first: error, count: 0 }
      known.count++
      counted.set(code, known)
      timer ??= clock.setTimer(flush, COUNTED_MS)
      return true
    },
    flush,
  }
}
