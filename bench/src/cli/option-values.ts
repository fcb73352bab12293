import type { BenchOption } from '../bench.ts'
import type { OptionValue } from '../result.ts'
import { nearestName } from './nearest-name.ts'
import { UsageError } from './usage-error.ts'

/** What was given for an option, as the kind of its default. Throws a `UsageError`. */
export function parseValue(name: string, text: string, option: BenchOption): OptionValue {
  if (typeof option.default === 'number') return parseNumber(name, text)
  const parts = text.split(',').map((part) => part.trim())
  if (isNumbers(option.default)) return parts.map((part) => parseNumber(name, part))
  const known = option.default
  return parts.map((part) => {
    if (known.includes(part)) return part
    const nearest = nearestName(part, known)
    const meant = nearest === null ? '' : ` Did you mean ${nearest}?`
    const message = `--${name} knows no "${part}", only ${known.join(', ')}.${meant}`
    throw new UsageError('INVALID_VALUE', message, { given: part, nearest })
  })
}

function parseNumber(name: string, text: string): number {
  const number = text === '' ? Number.NaN : Number(text.replaceAll('_', ''))
  if (number > 0 && Number.isFinite(number)) return number
  throw new UsageError('INVALID_VALUE', `--${name} needs a number above 0, not "${text}".`, {
    given: text,
    nearest: null,
  })
}

function isNumbers(value: readonly number[] | readonly string[]): value is readonly number[] {
  return typeof value[0] === 'number'
}
