import type { EpochMs } from '@pm/scheduler-core'
import { coverWindow, type WindowSpan } from '@pm/scheduler-core/store'

import { at } from './instants.ts'

/** The parts of a window, in the order of its parameters. `head` and `tail` are rows; `whole` is all of the buckets. */
const PARTS = ['head', 'hours', 'minutes', 'later_minutes', 'tail', 'whole'] as const
export type Part = (typeof PARTS)[number]

/** The bounds of the windows that end at `asOf`: the start and the end of each part of each window, in milliseconds. */
export function windowBounds(asOf: EpochMs, widthsMs: readonly number[]): readonly number[] {
  return widthsMs.flatMap((widthMs) => {
    const { hours, minutes, rows } = coverWindow({ after: asOf - widthMs, upTo: asOf })
    const buckets = [...hours, ...minutes]
    const whole = buckets.length > 0 && {
      after: Math.min(...buckets.map(({ after }) => after)),
      upTo: Math.max(...buckets.map(({ upTo }) => upTo)),
    }
    const parts = [rows[0], hours[0], minutes[0], minutes[1], rows[1], whole || NOTHING]
    return parts.flatMap(({ after, upTo }: WindowSpan = NOTHING) => [after, upTo])
  })
}

const NOTHING: WindowSpan = { after: 0, upTo: 0 }

/** The start and the end of a part, as timestamps: the first parameter is the scheduler. */
export function boundsOf(window: number, part: Part): readonly [string, string] {
  const first = 2 + 2 * (window * PARTS.length + PARTS.indexOf(part))
  return [at(`$${first}`), at(`$${first + 1}`)]
}

/** The instant that is the parameter after the bounds of so many windows, as a timestamp. */
export function asOfAfter(windows: number): string {
  return at(`$${2 + 2 * windows * PARTS.length}`)
}
