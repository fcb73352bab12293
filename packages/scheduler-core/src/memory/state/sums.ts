import { MAX_COUNT } from '../../limits.ts'
import { addCounts } from '../../run/count.ts'
import { type Tally, type TallyFacts, toTally } from '../../run/counters.ts'
import { greater } from '../../run/distribution.ts'
import { BUCKET_COUNT, type Histogram } from '../../run/histogram.ts'

/** The amounts that one entry adds to a tally. */
export interface Addition {
  /**
   * Pairs of place and amount, in ascending order of places, without amounts of 0. The counters come first, then the
   * buckets of each measure.
   */
  readonly pairs: readonly number[]
  readonly maxima: Maxima
}

/** The greatest value of each measure, in the order of the measures; `null`, or left out, when there is none. */
export type Maxima = readonly (number | null)[]

const NO_MAXIMA: Maxima = Object.freeze([])

export const NOTHING_ADDED: Addition = Object.freeze({ pairs: Object.freeze([]), maxima: NO_MAXIMA })

/** The place of the first bucket of a measure. */
export function firstPlaceOf({ counters }: TallyFacts<string, string>, measure: number): number {
  return counters.length + measure * BUCKET_COUNT
}

/** A tally as an addition. */
export function toAddition<C extends string, M extends string>(facts: TallyFacts<C, M>, tally: Tally<C, M>): Addition {
  const pairs: number[] = []
  for (const [place, counter] of facts.counters.entries()) if (tally[counter] !== 0) pairs.push(place, tally[counter])
  const distributions = facts.measures.map((measure) => tally.distributions[measure])
  for (const [measure, { histogram }] of distributions.entries()) {
    const first = firstPlaceOf(facts, measure)
    for (const [index, number] of histogram.entries()) pairs.push(index % 2 === 0 ? first + number : number)
  }
  return { pairs, maxima: distributions.map(({ max }) => max) }
}

/** A mutable tally in one flat list, which has only the places that were ever counted. It can be added as it is. */
export class Sums implements Addition {
  #pairs: number[] = []
  #maxima: Maxima = NO_MAXIMA
  /** No count is greater. It only grows. */
  #most = 0

  /** Replaced, never changed. */
  get maxima(): Maxima {
    return this.#maxima
  }

  set maxima(maxima: Maxima) {
    this.#maxima = maxima
  }

  /** Notes that counts will grow by an amount, before `count`. False when one of them might reach `MAX_COUNT`. */
  reserve(amount: number): boolean {
    this.#most += amount
    return this.#most < MAX_COUNT
  }

  /**
   * Adds the first `length` numbers of these pairs, or with `times` -1 subtracts what was added. The pairs are in ascending
   * order of places, as in an addition.
   */
  count(pairs: readonly number[], length: number, times: 1 | -1): void {
    const sum = this.#pairs
    let at = 0
    for (let pair = 0; pair < length; pair += 2) {
      const place = pairs[pair] ?? 0
      const amount = times * (pairs[pair + 1] ?? 0)
      if (sum[at] !== place) at = indexOf(sum, place, at)
      if (sum[at] !== place) insert(sum, at, place, amount)
      else sum[at + 1] = (sum[at + 1] ?? 0) + amount
      if (sum[at + 1] === 0) sum.splice(at, 2)
      else at += 2
    }
  }

  /** Raises the maximum of a measure to a value that is greater. */
  raise(measure: number, value: number | null): void {
    if (value === null || value <= (this.#maxima[measure] ?? -Infinity)) return
    const maxima = [...this.#maxima]
    while (maxima.length <= measure) maxima.push(null)
    maxima[measure] = value
    this.#maxima = maxima
  }

  get pairs(): readonly number[] {
    return this.#pairs
  }

  /** Adds an addition, and answers what it really added: an amount stops at `MAX_COUNT`. */
  add({ pairs, maxima }: Addition): Addition['pairs'] {
    const before = this.#maxima
    this.#most += amountIn(pairs)
    if (before.length === 0) this.#maxima = maxima
    else if (isRaised(before, maxima)) {
      const [longer, shorter] = before.length < maxima.length ? [maxima, before] : [before, maxima]
      this.#maxima = longer.map((value, measure) => greater(value, shorter[measure] ?? null))
    }
    if (this.#pairs.length > 0) return addPairs(this.#pairs, pairs)
    this.#pairs = pairs.slice()
    return pairs
  }

  /** Takes back what was added, after all that was added later; `maxima` are those from before. */
  take({ pairs, maxima }: Addition): void {
    this.count(pairs, pairs.length, -1)
    this.#maxima = maxima
  }

  /** The sum, in a tally of its own. */
  plus(addition: Addition): Sums {
    const sum = new Sums()
    sum.add(this)
    sum.add(addition)
    return sum
  }

  toTally<C extends string, M extends string>(facts: TallyFacts<C, M>): Tally<C, M> {
    return toTally(facts, {
      count: (_, place) => this.#at(place),
      distribution: (_, measure) => ({
        max: this.#maxima[measure] ?? null,
        histogram: this.#histogram(firstPlaceOf(facts, measure)),
      }),
    })
  }

  #at(place: number): number {
    const at = indexOf(this.#pairs, place, 0)
    return this.#pairs[at] === place ? (this.#pairs[at + 1] ?? 0) : 0
  }

  #histogram(first: number): Histogram {
    const from = indexOf(this.#pairs, first, 0)
    const upTo = indexOf(this.#pairs, first + BUCKET_COUNT, from)
    return this.#pairs.slice(from, upTo).map((number, index) => (index % 2 === 0 ? number - first : number))
  }
}

function amountIn(pairs: readonly number[]): number {
  let sum = 0
  for (let amount = 1; amount < pairs.length; amount += 2) sum += pairs[amount] ?? 0
  return sum
}

function insert(pairs: number[], at: number, place: number, amount: number): void {
  if (at === pairs.length) pairs.push(place, amount)
  else pairs.splice(at, 0, place, amount)
}

function isRaised(maxima: Maxima, by: Maxima): boolean {
  for (let measure = 0; measure < by.length; measure++) {
    if ((by[measure] ?? -Infinity) > (maxima[measure] ?? -Infinity)) return true
  }
  return false
}

/**
 * Adds pairs to pairs, both in the order of their places. An amount stops at `MAX_COUNT`. Answers the pairs that were
 * really added, for `take` to subtract.
 */
function addPairs(sum: number[], pairs: readonly number[]): readonly number[] {
  let added = pairs
  let at = 0
  for (let pair = 0; pair < pairs.length; pair += 2) {
    const place = pairs[pair] ?? 0
    const amount = pairs[pair + 1] ?? 0
    // The fast path: mostly the same places are added again.
    if (sum[at] !== place) at = indexOf(sum, place, at)
    if (sum[at] !== place) {
      sum.splice(at, 0, place, amount)
    } else {
      const before = sum[at + 1] ?? 0
      const after = addCounts(before, amount)
      sum[at + 1] = after
      if (after - before !== amount) added = added.with(pair + 1, after - before)
    }
    at += 2
  }
  return added
}

/** The index of the first pair, from index `from` on, whose place is not lower than `place`. */
function indexOf(pairs: readonly number[], place: number, from: number): number {
  let low = from >> 1
  let high = pairs.length >> 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pairs[2 * middle] ?? place) < place) low = middle + 1
    else high = middle
  }
  return 2 * low
}
