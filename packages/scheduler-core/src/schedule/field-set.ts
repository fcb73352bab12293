import { type Bits, countBits, firstFrom, lastUpTo } from './bits.ts'

/** A set of the numbers 0 to 59: the seconds, minutes or hours that a pattern selects. */
export interface FieldSet {
  /** 0 to 29. */
  readonly low: Bits
  /** 30 to 59, less 30. */
  readonly high: Bits
  readonly size: number
  readonly first: number
  readonly last: number
}

/** The set of the indexes at which `flags` is not zero. At least one must be. */
export function fieldSet(flags: readonly number[]): FieldSet {
  let low = 0
  let high = 0
  for (const [value, flag] of flags.entries()) {
    if (flag === 0) continue
    if (value < HALF) low |= 1 << value
    else high |= 1 << (value - HALF)
  }
  const size = countBits(low) + countBits(high)
  return { low, high, size, first: atOrAfter({ low, high }, 0), last: atOrBefore({ low, high }, 59) }
}

type Halves = Pick<FieldSet, 'low' | 'high'>

const HALF = 30

/** The first member that is at least `value`, or -1. */
export function atOrAfter({ low, high }: Halves, value: number): number {
  const inLow = value < HALF ? firstFrom(low, value) : -1
  if (inLow !== -1) return inLow
  const inHigh = firstFrom(high, value - HALF)
  return inHigh === -1 ? -1 : inHigh + HALF
}

/** The last member that is at most `value`, or -1. */
export function atOrBefore({ low, high }: Halves, value: number): number {
  const inHigh = value >= HALF ? lastUpTo(high, value - HALF) : -1
  return inHigh === -1 ? lastUpTo(low, value) : inHigh + HALF
}

/** How many members are less than `value`. */
export function countBelow({ low, high }: Halves, value: number): number {
  const upTo = value - 1
  if (upTo < HALF) return countBits(maskUpTo(low, upTo))
  return countBits(low) + countBits(maskUpTo(high, upTo - HALF))
}

export function has({ low, high }: Halves, value: number): boolean {
  return ((value < HALF ? low >>> value : high >>> (value - HALF)) & 1) === 1
}

function maskUpTo(bits: Bits, upTo: number): Bits {
  return upTo < 0 ? 0 : bits & (0x7fffffff >>> (30 - upTo))
}
