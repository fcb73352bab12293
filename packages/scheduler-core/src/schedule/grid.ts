import type { EpochMs } from '../clock.ts'
import { MAX_INSTANT } from './instant.ts'
import type { EverySchedule } from './schedule.ts'

/** The first instant of the grid strictly after the whole millisecond `after`. */
export function nextOnGrid(grid: EverySchedule, after: EpochMs): EpochMs | null {
  const due = after - sinceLast(grid, after) + grid.periodMs
  return due <= MAX_INSTANT ? due : null
}

/** The last instant of the grid at or before the whole millisecond `upTo`. */
export function lastOnGrid(grid: EverySchedule, upTo: EpochMs): EpochMs | null {
  const due = upTo - sinceLast(grid, upTo)
  return due >= -MAX_INSTANT ? due : null
}

/** How many instants of the grid are in `(after, upTo]`. */
export function countOnGrid(grid: EverySchedule, after: EpochMs, upTo: EpochMs): number {
  return (upTo - sinceLast(grid, upTo) - (after - sinceLast(grid, after))) / grid.periodMs
}

/** Uses remainders because they are exact; quotients round. */
function sinceLast({ periodMs, anchorAt }: EverySchedule, at: EpochMs): number {
  const rest = ((at % periodMs) - (anchorAt % periodMs)) % periodMs
  return rest < 0 ? rest + periodMs : rest
}
