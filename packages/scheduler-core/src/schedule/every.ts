import * as z from 'zod'
import type { EpochMs, Instant } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { toEpochMs } from './instant.ts'
import { made } from './made.ts'
import type { EverySchedule } from './schedule.ts'
import { createSharing } from './sharing.ts'

/** The parts of a period add up; each is a whole number from 0. */
export interface EveryOptions {
  /** Whole days of the period (default 0). */
  readonly days?: number
  /** Whole hours of the period (default 0). */
  readonly hours?: number
  /** Whole minutes of the period (default 0). */
  readonly minutes?: number
  /** Whole seconds of the period (default 0). */
  readonly seconds?: number
  /** Whole milliseconds of the period (default 0). */
  readonly milliseconds?: number
  /** An instant of the grid (default the Unix epoch: `{ minutes: 15 }` is due at :00, :15, :30 and :45 UTC). */
  readonly anchorAt?: Instant
}

/**
 * A grid of due times one period apart from a fixed instant: no drift, the same on every instance. A day is 24 hours;
 * for a time of the day use `cron`. Throws `INVALID_OPTIONS` for a period under 100 ms or over 100 years, fractions,
 * and unknown names.
 *
 * @example every({ minutes: 15 })
 */
export function every(options: EveryOptions): EverySchedule {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) refuseShorthand(options)
  return plainGrid(options) ?? checkedGrid(options)
}

/**
 * The grid of whole amounts alone, as nearly all are, without the schema, which takes ten times as long. `null` for anything
 * else, and for what may be wrong: the schema says what it is.
 */
function plainGrid(options: EveryOptions): EverySchedule | null {
  let periodMs = 0
  try {
    for (const unit in options) {
      if (!isUnit(unit)) return null
      const amount = options[unit]
      if (amount === undefined || !Number.isSafeInteger(amount) || amount < 0) return null
      periodMs += amount * UNIT_MS[unit]
    }
  } catch {
    return null
  }
  return periodMs < MIN_PERIOD_MS || periodMs > MAX_PERIOD_MS ? null : gridOf(periodMs, 0)
}

function checkedGrid(options: EveryOptions): EverySchedule {
  const checked = parseOptions(everySchema(), options, 'every')
  const anchorAt = checked.anchorAt === undefined ? 0 : toEpochMs(checked.anchorAt, 'every.anchorAt')
  let periodMs = 0
  for (const unit of UNITS) periodMs += (checked[unit] ?? 0) * UNIT_MS[unit]
  if (periodMs < MIN_PERIOD_MS || periodMs > MAX_PERIOD_MS) refusePeriod(checked, periodMs)
  return gridOf(periodMs, anchorAt)
}

function gridOf(periodMs: number, anchorAt: EpochMs): EverySchedule {
  return shareGrid(`${periodMs} ${anchorAt}`, () => made({ kind: 'every', periodMs, anchorAt }))
}

/** Many jobs have the same few grids. */
const shareGrid = createSharing<EverySchedule>(1_000)

export const MIN_PERIOD_MS = 100
export const MAX_PERIOD_MS = 100 * 365.25 * 86_400_000

function isUnit(name: string): name is keyof typeof UNIT_MS {
  return Object.hasOwn(UNIT_MS, name)
}

const UNITS = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const

export const UNIT_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 } as const

const amount = lazily(() =>
  z.int({ error: 'a whole number from 0' }).min(0, { error: 'a whole number from 0' }).optional(),
)

const everySchema = lazily(() =>
  z.strictObject({
    days: amount(),
    hours: amount(),
    minutes: amount(),
    seconds: amount(),
    milliseconds: amount(),
    anchorAt: z.union([z.date(), z.number()], { error: 'a Date, or milliseconds since the epoch' }).optional(),
  }),
)

function refusePeriod(options: z.output<ReturnType<typeof everySchema>>, periodMs: number): never {
  const named = UNITS.filter((unit) => options[unit] !== undefined)
  const [unit] = named
  const path = named.length === 1 && unit !== undefined ? `every.${unit}` : 'every'
  const received = named.length === 0 ? 'no period' : `a period of ${periodMs} ms`
  refuseOption({ path, value: periodMs, received, expected: 'a period of 100 ms to 100 years' })
}

/** Suggests the object form to people who write `every('5m')` or `every(5000)`. */
function refuseShorthand(value: unknown): never {
  const expected = 'an object such as { minutes: 5 }'
  refuseOption({ path: 'every', value, expected, suggestion: readShorthand(value) })
}

function readShorthand(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return `{ milliseconds: ${value} }`
  const [, count, letter] = typeof value === 'string' ? (/^(\d{1,9}) ?(ms|s|m|h|d)/i.exec(value) ?? []) : []
  const unit = UNITS.find((name) => name.startsWith(letter === 'ms' ? 'milli' : (letter?.toLowerCase() ?? '-')))
  return count === undefined || unit === undefined ? null : `{ ${unit}: ${count} }`
}
