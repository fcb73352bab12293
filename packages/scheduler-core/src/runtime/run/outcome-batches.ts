import type { Outcome } from './held-outcomes.ts'

/** Outcomes that wait to be written, in batches: new ones, and those of failed batches. */
export interface OutcomeBatches {
  readonly isEmpty: boolean
  /** How many outcomes wait. */
  readonly size: number
  add(outcome: Outcome): void
  /** Adds a failed batch, to be retried unchanged. */
  addSuspect(batch: readonly Outcome[]): void
  takeFresh(): readonly Outcome[] | undefined
  takeSuspect(): readonly Outcome[] | undefined
  /** Removes and returns all outcomes. */
  takeAll(): readonly Outcome[]
}

export function createOutcomeBatches(limit: number): OutcomeBatches {
  const fresh: Outcome[][] = []
  const suspects: (readonly Outcome[])[] = []
  return {
    get isEmpty() {
      return fresh.length + suspects.length === 0
    },
    get size() {
      return [...fresh, ...suspects].reduce((sum, { length }) => sum + length, 0)
    },
    add(outcome) {
      const last = fresh.at(-1)
      if (last && last.length < limit) last.push(outcome)
      else fresh.push([outcome])
    },
    addSuspect: (batch) => void suspects.push(batch),
    takeFresh: () => fresh.shift(),
    takeSuspect: () => suspects.shift(),
    takeAll: () => [...fresh.splice(0), ...suspects.splice(0)].flat(),
  }
}
