import { refuseOption } from '../../options/refuse-option.ts'

/** How the rules write times. Everything is given in seconds of the unscaled rules. */
export interface RuleTime {
  /** A duration of Prometheus: `5m`, or at a scale of 1/100 `3s`. */
  duration(seconds: number): string
  /** A number to compare a metric in seconds with. */
  seconds(seconds: number): number
}

export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Multiplies every time with `scale`. A duration is at least a millisecond, the shortest of Prometheus. */
export function createRuleTime(scale: number): RuleTime {
  if (!(Number.isFinite(scale) && scale > 0)) {
    refuseOption({ path: 'timeScale', value: scale, expected: 'a number above 0, such as 1/60' })
  }
  return {
    duration: (seconds) => durationOf(seconds === 0 ? 0 : Math.max(1, Math.round(seconds * 1_000 * scale))),
    seconds: (seconds) => Number((seconds * scale).toPrecision(12)),
  }
}

const UNITS = [
  ['d', DAY * 1_000],
  ['h', HOUR * 1_000],
  ['m', MINUTE * 1_000],
  ['s', 1_000],
] as const

/** In the largest unit that has no remainder. */
function durationOf(ms: number): string {
  if (ms === 0) return '0m'
  const [unit, length] = UNITS.find(([, each]) => ms % each === 0) ?? ['ms', 1]
  return `${ms / length}${unit}`
}
