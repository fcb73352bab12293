import type { Tally } from '../run/counters.ts'

/** Counters by their index, in pairs of index and amount; those that are 0 are left out. */
export type Amounts = readonly number[]

/** A tally as the amounts that it adds. */
export function toAmounts<C extends string>(counters: readonly C[], tally: Tally<C>): Amounts {
  const amounts: number[] = []
  for (let index = 0; index < counters.length; index++) {
    const counter = counters[index]
    const amount = counter === undefined ? 0 : tally[counter]
    if (amount !== 0) amounts.push(index, amount)
  }
  return amounts
}

export function addAmounts(counts: number[], amounts: Amounts, sign: 1 | -1): void {
  for (let pair = 0; pair < amounts.length; pair += 2) {
    const index = amounts[pair] ?? 0
    counts[index] = (counts[index] ?? 0) + sign * (amounts[pair + 1] ?? 0)
  }
}

export function addCounts(sum: number[], counts: readonly number[] = []): void {
  for (let index = 0; index < counts.length; index++) sum[index] = (sum[index] ?? 0) + (counts[index] ?? 0)
}

export function zeroes(length: number): number[] {
  return new Array<number>(length).fill(0)
}
