import type { EpochMs } from '../clock.ts'
import { countDue, nextDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** The instants in `(after, upTo]`. */
export interface Stretch {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

/** The stretches of a range that contain due times and are not covered yet. */
export interface Uncovered {
  readonly isEmpty: boolean
  /** Oldest first, each with at least one due time. */
  readonly spans: readonly Stretch[]
  /** Covers a stretch, and answers how many due times it covered for the first time. */
  cover(stretch: Stretch): number
}

export function createUncovered(schedule: Schedule, whole: Stretch): Uncovered {
  const spans = withDueTimes([whole])

  function withDueTimes(stretches: readonly Stretch[]): Stretch[] {
    return stretches.filter(({ after, upTo }) => {
      const due = after < upTo ? nextDueAt(schedule, after) : null
      return due !== null && due <= upTo
    })
  }

  /** The index of the first span that ends after the instant. */
  function firstEndingAfter(instant: EpochMs): number {
    let low = 0
    let high = spans.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((spans[middle]?.upTo ?? Infinity) > instant) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    get isEmpty() {
      return spans.length === 0
    },
    get spans() {
      return spans
    },
    cover({ after, upTo }) {
      const start = firstEndingAfter(after)
      let covered = 0
      let end = start
      const rest: Stretch[] = []
      for (let span = spans[end]; span && span.after < upTo; span = spans[++end]) {
        covered += countDue(schedule, Math.max(span.after, after), Math.min(span.upTo, upTo))
        rest.push({ after: span.after, upTo: after }, { after: upTo, upTo: span.upTo })
      }
      if (end > start) spans.splice(start, end - start, ...withDueTimes(rest))
      return covered
    },
  }
}
