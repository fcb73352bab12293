/** A set of small numbers (0 to 30) as the bits of one number: what a cron field selects, 24 bytes instead of a list. */
export type Bits = number

/** The first member that is at least `from`, or -1. */
export function firstFrom(bits: Bits, from: number): number {
  if (from > 30) return -1
  const rest = bits & (-1 << Math.max(from, 0))
  return rest === 0 ? -1 : 31 - Math.clz32(rest & -rest)
}

/** The last member that is at most `upTo`, or -1. */
export function lastUpTo(bits: Bits, upTo: number): number {
  if (upTo < 0) return -1
  const rest = bits & (ALL >>> (30 - Math.min(upTo, 30)))
  return rest === 0 ? -1 : 31 - Math.clz32(rest)
}

export function countBits(bits: Bits): number {
  let rest = bits - ((bits >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** The bits 0 to 30. */
export const ALL: Bits = 0x7fffffff
