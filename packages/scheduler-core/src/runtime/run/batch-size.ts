import type { Store } from '../../ports/store.ts'

/**
 * How many runs go into one unit of work, for claims and outcomes alike: units take their turns, and outcomes must not
 * fall behind claims. A round trip to a shared store is slow, so many runs share it. A store in this process is fast,
 * and the garbage of a small batch is dead before the collector would copy it.
 */
export function batchSize({ capabilities }: Pick<Store<never>, 'capabilities'>): number {
  return capabilities.shared ? 1_000 : 250
}
