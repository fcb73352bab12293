import type { Store } from '../../ports/store.ts'

/**
 * How many runs go into one unit of work, for claims and outcomes alike: units take their turns, and outcomes must not
 * fall behind claims. The way to a shared store is long, so that many share it. One that is in this process is near,
 * and what a small batch leaves behind is dead before the collector of garbage would copy it.
 */
export function batchSize({ capabilities }: Pick<Store<never>, 'capabilities'>): number {
  return capabilities.shared ? 1_000 : 250
}
