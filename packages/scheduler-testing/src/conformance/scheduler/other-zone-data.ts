import type { CronSchedule, EpochMs } from '@pm/scheduler-core'

interface Span {
  readonly offsetMs: number
  readonly wallReached: number
}

interface Compiled {
  readonly zone: { at(instant: EpochMs): Span }
}

/**
 * The same schedule as a process has it whose time zone data put the clocks of the zone ahead. It equals the given one in
 * every word, as two processes with one code and different data have it.
 */
export function withClocksAhead(schedule: CronSchedule, aheadMs: number): CronSchedule {
  const [symbol] = Object.getOwnPropertySymbols(schedule)
  if (symbol === undefined) throw new TypeError('The schedule is not compiled.')
  const compiled = Reflect.get(schedule, symbol) as Compiled
  const zone = {
    at(instant: EpochMs) {
      const span = compiled.zone.at(instant)
      return { ...span, offsetMs: span.offsetMs + aheadMs, wallReached: span.wallReached + aheadMs }
    },
  }
  return Object.freeze(Object.defineProperty({ ...schedule }, symbol, { value: { ...compiled, zone } }))
}
