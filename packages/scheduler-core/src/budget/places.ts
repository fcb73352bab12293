interface Asking {
  readonly by: string | null
}

/**
 * Which of those who wait is answered next: one whose principal has the fewest answers under way, and of these the one
 * that came first; `undefined` when nobody waits.
 */
export function nextOf<T extends Asking>(waiting: readonly T[], running: readonly (string | null)[]): T | undefined {
  const load = ({ by }: T) => running.filter((other) => other === by).length
  let next: T | undefined
  for (const each of waiting) if (next === undefined || load(each) < load(next)) next = each
  return next
}

/**
 * Whether one more may wait: `full` when all places to wait are taken; `share` when its principal has half of them. The
 * host, which has no name, always may, and takes no place from the others.
 */
export function mayWait(arrival: {
  readonly by: string | null
  readonly waiting: readonly Asking[]
  readonly queue: number
}): 'yes' | 'full' | 'share' {
  const { by, waiting, queue } = arrival
  if (by === null) return 'yes'
  const named = waiting.filter((each) => each.by !== null)
  if (named.filter((each) => each.by === by).length >= Math.ceil(queue / 2)) return 'share'
  return named.length >= queue ? 'full' : 'yes'
}

/**
 * How many questions are answered at a time on a pool with this many connections (`null`: unknown): as many as are
 * wanted, but at most a quarter of the pool, and at least one.
 */
export function placesOn(most: number | null, wanted: number): number {
  return most === null ? wanted : Math.max(1, Math.min(wanted, Math.floor(most / 4)))
}
