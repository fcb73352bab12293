import { type Addition, type Maxima, Sums } from './sums.ts'

declare const brand: unique symbol

/**
 * An addition in a string of its bytes, which are a tenth of the numbers in lists: the maxima, each plus 1 and 0 for
 * none, then the distance of each place from the one before, and its amount. A byte has seven bits of a number, the
 * lowest first, and says whether more follow.
 */
export type Packed = string & { readonly [brand]: 'Packed' }

export function pack(addition: Addition): Packed {
  const { pairs, maxima } = addition
  if (!isWhole(pairs) || !isWhole(maxima)) return JSON.stringify({ pairs, maxima }) as Packed
  const bytes: number[] = [maxima.length]
  for (const max of maxima) put(bytes, max === null ? 0 : max + 1)
  let last = 0
  for (let pair = 0; pair < pairs.length; pair += 2) {
    const place = pairs[pair] ?? 0
    put(bytes, place - last)
    put(bytes, pairs[pair + 1] ?? 0)
    last = place
  }
  return String.fromCharCode(...bytes) as Packed
}

export function unpack(packed: Packed): Addition {
  if (packed.charCodeAt(0) === BRACE) return JSON.parse(packed) as Addition
  const maxima: (number | null)[] = []
  const pairs: number[] = []
  const reader = { packed, at: 1 }
  while (maxima.length < packed.charCodeAt(0)) {
    const next = take(reader)
    maxima.push(next === 0 ? null : next - 1)
  }
  for (let place = 0; reader.at < packed.length; ) {
    place += take(reader)
    pairs.push(place, take(reader))
  }
  return { pairs, maxima }
}

/** The sum of what is packed and an addition. */
export function packSum(packed: Packed | null, addition: Addition): Packed {
  if (packed === null) return pack(addition)
  const sum = new Sums()
  sum.add(unpack(packed))
  sum.add(addition)
  return pack(sum)
}

/** The first byte of what has a number that is not whole, in JSON. No list of maxima is as long. */
const BRACE = '{'.charCodeAt(0)

function isWhole(numbers: Maxima): boolean {
  for (const number of numbers) if (number !== null && !(Number.isSafeInteger(number) && number >= 0)) return false
  return true
}

function put(bytes: number[], number: number): void {
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
}

interface Reader {
  readonly packed: Packed
  at: number
}

function take(reader: Reader): number {
  let number = 0
  for (let unit = 1; ; unit *= 128) {
    const byte = reader.packed.charCodeAt(reader.at)
    reader.at++
    if (byte < 128) return number + byte * unit
    number += (byte - 128) * unit
  }
}
