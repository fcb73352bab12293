import type { ParsedPattern } from './cron-pattern.ts'
import { atOrAfter, atOrBefore, countBelow, has } from './field-set.ts'

type Times = Pick<ParsedPattern, 'hours' | 'minutes' | 'seconds'>

/** The first second of the day, from `second` on, at which a pattern matches; -1 when there is none. */
export function timeAtOrAfter({ hours, minutes, seconds }: Times, second: number): number {
  const hour = Math.floor(second / 3_600)
  const minute = Math.floor(second / 60) % 60
  if (has(hours, hour)) {
    if (has(minutes, minute)) {
      const found = atOrAfter(seconds, second % 60)
      if (found !== -1) return hour * 3_600 + minute * 60 + found
    }
    const found = atOrAfter(minutes, minute + 1)
    if (found !== -1) return hour * 3_600 + found * 60 + seconds.first
  }
  const found = atOrAfter(hours, hour + 1)
  return found === -1 ? -1 : found * 3_600 + minutes.first * 60 + seconds.first
}

/** The last second of the day, up to `second`, at which a pattern matches; -1 when there is none. */
export function timeAtOrBefore({ hours, minutes, seconds }: Times, second: number): number {
  const hour = Math.floor(second / 3_600)
  const minute = Math.floor(second / 60) % 60
  if (has(hours, hour)) {
    if (has(minutes, minute)) {
      const found = atOrBefore(seconds, second % 60)
      if (found !== -1) return hour * 3_600 + minute * 60 + found
    }
    const found = atOrBefore(minutes, minute - 1)
    if (found !== -1) return hour * 3_600 + found * 60 + seconds.last
  }
  const found = atOrBefore(hours, hour - 1)
  return found === -1 ? -1 : found * 3_600 + minutes.last * 60 + seconds.last
}

export function firstTime({ hours, minutes, seconds }: Times): number {
  return hours.first * 3_600 + minutes.first * 60 + seconds.first
}

export function lastTime({ hours, minutes, seconds }: Times): number {
  return hours.last * 3_600 + minutes.last * 60 + seconds.last
}

export function timesPerDay({ hours, minutes, seconds }: Times): number {
  return hours.size * minutes.size * seconds.size
}

/** How many of a day's matches are at or before `second`. */
export function countTimesUpTo({ hours, minutes, seconds }: Times, second: number): number {
  const hour = Math.floor(second / 3_600)
  const minute = Math.floor(second / 60) % 60
  const perMinute = seconds.size
  let count = countBelow(hours, hour) * minutes.size * perMinute
  if (!has(hours, hour)) return count
  count += countBelow(minutes, minute) * perMinute
  return has(minutes, minute) ? count + countBelow(seconds, (second % 60) + 1) : count
}
