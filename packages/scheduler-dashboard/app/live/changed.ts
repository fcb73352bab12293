import type { AdminChanges, MarketDataChanges } from '@pm/scheduler-core/contract/v2'

/** What a frame of the stream changed, in one view or the other; `many` is more than is told by name. */
export interface Changed {
  readonly jobs?: AdminChanges['jobs'] | undefined
  readonly feeds?: MarketDataChanges['feeds'] | undefined
}

/** Nothing is told by name beyond this many. */
const MOST = 50

export const MANY: Changed = { jobs: 'many', feeds: 'many' }

/** What two frames changed together. */
export function both(one: Changed, other: Changed): Changed {
  return {
    jobs: union(one.jobs, other.jobs, (name) => name),
    feeds: union(one.feeds, other.feeds, ({ provider, feed }) => `${provider} ${feed}`),
  }
}

export function concernsJob(changed: Changed, job: string): boolean {
  return changed.jobs === 'many' || (changed.jobs?.includes(job) ?? false)
}

type Names<T> = readonly T[] | 'many' | undefined

function union<T>(one: Names<T>, other: Names<T>, keyOf: (item: T) => string): Names<T> {
  if (one === 'many' || other === 'many') return 'many'
  const all = new Map([...(one ?? []), ...(other ?? [])].map((item) => [keyOf(item), item]))
  return all.size > MOST ? 'many' : [...all.values()]
}
