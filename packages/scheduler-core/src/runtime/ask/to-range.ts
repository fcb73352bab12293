import type { TimeRange } from '../../api/queries.ts'
import { type EpochMs, toIso } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'
import { toEpochMs } from '../../schedule/instant.ts'

/** The instants in `[from, to)`. */
export interface Range {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Checks that a range `[from, to)` consists of instants. Throws `INVALID_OPTIONS`. */
export function toRange(range: TimeRange): Range {
  const [from, to] = [toWholeMs(range.from, 'from'), toWholeMs(range.to, 'to')]
  if (from >= to) refuse('to', range.to, `an instant after from, ${toIso(from)}`)
  return { from, to }
}

/** An instant in whole milliseconds. Throws `INVALID_OPTIONS`. */
export function toWholeMs(instant: TimeRange['from'], path: string): EpochMs {
  const at = toEpochMs(instant, path)
  return Number.isInteger(at) ? at : refuse(path, instant, 'an instant in whole milliseconds since the epoch')
}

function refuse(path: string, value: unknown, expected: string): never {
  throw new SchedulerError('INVALID_OPTIONS', { path, received: describeValue(value), expected })
}
