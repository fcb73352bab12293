/** Counters by their index, in pairs of index and amount; those that are 0 are left out. */
export type Amounts = readonly number[]

/** Counters as the amounts that they add. */
export function toAmounts<C extends string>(counters: readonly C[], tally: Readonly<Record<C, number>>): Amounts {
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

export function addCounts(sum: number[], counts: readonly number[]): void {
  for (let index = 0; index < counts.length; index++) sum[index] = (sum[index] ?? 0) + (counts[index] ?? 0)
}
