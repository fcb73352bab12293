import { type Tally, type TallyFacts, toTally } from '../run/counters.ts'
import { type Distribution, EMPTY_DISTRIBUTION } from '../run/distribution.ts'
import { type Amounts, addAmounts, addCounts, toAmounts } from './counts.ts'
import { Spread } from './spread.ts'

/** What one entry adds: to counters, and to the distribution of each measure. */
export interface Addition {
  readonly amounts: Amounts
  /** In the order of the measures; empty when nothing was measured. */
  readonly distributions: readonly Distribution[]
}

export const NOTHING_ADDED: Addition = Object.freeze({ amounts: [], distributions: [] })

/** The maxima of the measures, in their order. */
export type Maxima = readonly (number | null)[]

/** A tally as what it adds. */
export function toAddition<C extends string, M extends string>(
  { counters, measures }: TallyFacts<C, M>,
  tally: Tally<C, M>,
): Addition {
  return {
    amounts: toAmounts(counters, tally),
    distributions: measures.map((measure) => tally.distributions[measure]),
  }
}

/** A tally that grows in place: no larger than the highest counter that was ever added to. */
export class Sums {
  readonly #counts: number[] = []
  readonly #spreads: Spread[] = []

  get maxima(): Maxima {
    return this.#spreads.map(({ max }) => max)
  }

  /** Whether a maximum would be another one. */
  isRaisedBy({ distributions }: Addition): boolean {
    return distributions.some((distribution, measure) => this.#spread(measure).isRaisedBy(distribution))
  }

  add({ amounts, distributions }: Addition): void {
    addAmounts(this.#counts, amounts, 1)
    for (let measure = 0; measure < distributions.length; measure++) {
      this.#spread(measure).add(distributions[measure] ?? EMPTY_DISTRIBUTION)
    }
  }

  /** Takes back what was added last; `before` are the maxima of before, unless they are the same. */
  take({ amounts, distributions }: Addition, before: Maxima = this.maxima): void {
    addAmounts(this.#counts, amounts, -1)
    for (const [measure, distribution] of distributions.entries()) {
      this.#spread(measure).take(distribution, before[measure] ?? null)
    }
  }

  addAll(other: Sums): void {
    addCounts(this.#counts, other.#counts)
    for (const [measure, spread] of other.#spreads.entries()) this.#spread(measure).addAll(spread)
  }

  toTally<C extends string, M extends string>(facts: TallyFacts<C, M>): Tally<C, M> {
    return toTally(facts, {
      count: (_, index) => this.#counts[index] ?? 0,
      distribution: (_, index) => this.#spreads[index]?.toDistribution() ?? EMPTY_DISTRIBUTION,
    })
  }

  #spread(measure: number): Spread {
    const known = this.#spreads[measure]
    if (known) return known
    const spread = new Spread()
    this.#spreads[measure] = spread
    return spread
  }
}
