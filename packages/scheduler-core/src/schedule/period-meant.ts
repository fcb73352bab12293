import { MAX_PERIOD_MS, MIN_PERIOD_MS, UNIT_MS } from './every.ts'

/**
 * The call of `every`, or the nickname, that a period in words means: `every({ minutes: 5 })` for `@every 5m`, for
 * `5 minutes` and for `rate(5 minutes)`; `@monthly` for `every month`. `null` for other text.
 */
export function periodMeant(text: string): string | null {
  const [, inRate, inWords] = /^(?:rate\((.*)\)|(?:@?every\s+)?(.*))$/i.exec(text.trim()) ?? []
  const words = (inRate ?? inWords ?? '').toLowerCase().trim()
  if (/^(?:1|an?|one)?\s*(?:months?|years?)$/.test(words)) return words.includes('month') ? '@monthly' : '@yearly'
  return everyCall(partsOf(words))
}

/** Whether a replacement is no pattern, but a call of `every` or another value of the option `schedule`. */
export function isNoPattern(replacement: string): boolean {
  return /^(?:every\(|schedule:)/.test(replacement)
}

type Unit = keyof typeof UNIT_MS

/** `every({ hours: 1, minutes: 30 })`; `null` for a period that `every` refuses, such as that of no parts. */
export function everyCall(parts: ReadonlyMap<Unit, number>): string | null {
  const periodMs = [...parts].reduce((sum, [unit, count]) => sum + count * UNIT_MS[unit], 0)
  if (periodMs < MIN_PERIOD_MS || periodMs > MAX_PERIOD_MS) return null
  return `every({ ${[...parts].map(([unit, count]) => `${unit}: ${count}`).join(', ')} })`
}

/** Empty when the words hold anything else. */
function partsOf(words: string): ReadonlyMap<Unit, number> {
  const parts = new Map<Unit, number>()
  const rest = words.replace(PART, (_, count: string | undefined, unit: string) => {
    const [name, factor] = UNITS.get(unit) ?? UNITS.get(unit.replace(/s$/, '')) ?? []
    const times = Number(count ?? 1)
    if (name === undefined || factor === undefined || parts.has(name) || times === 0) return unit
    parts.set(name, times * factor)
    return ''
  })
  return /^(?:\s|,|and)*$/.test(rest) ? parts : new Map()
}

const PART = /(?:(?<![\d.])(\d{1,9})|\b(?:an?|one)\b|^)\s*([a-z]+)/g

const UNITS: ReadonlyMap<string, readonly [Unit, number]> = new Map([
  ['ms', ['milliseconds', 1]],
  ['millisecond', ['milliseconds', 1]],
  ['s', ['seconds', 1]],
  ['sec', ['seconds', 1]],
  ['second', ['seconds', 1]],
  ['m', ['minutes', 1]],
  ['min', ['minutes', 1]],
  ['minute', ['minutes', 1]],
  ['h', ['hours', 1]],
  ['hr', ['hours', 1]],
  ['hour', ['hours', 1]],
  ['d', ['days', 1]],
  ['day', ['days', 1]],
  ['w', ['days', 7]],
  ['week', ['days', 7]],
])
