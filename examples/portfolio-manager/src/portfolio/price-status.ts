/** How fresh the price of a symbol is, in the words of `GET /freshness`. */
export interface PriceStatus {
  /** `fresh`, `stale`, `expired`, `unknown`, or a word of the domain such as `market_closed`. */
  readonly status: string
  /** Why, as a code; `null` when no reason is given. */
  readonly reason: string | null
}

/** Tells how fresh prices are. The portfolio judges nothing itself: it shows what the feeds of the scheduler say. */
export interface PriceStatusSource {
  /** The statuses by symbol; `null` when they cannot be read now. */
  read(): Promise<PriceStatuses | null>
}

export type PriceStatuses = ReadonlyMap<string, PriceStatus>

export const STATUS_UNKNOWN: PriceStatus = Object.freeze({ status: 'unknown', reason: null })

/**
 * From best to worst. A closed market owes no price, so that its last one is good. Of what is unknown nobody knows how
 * bad it is: it counts as the worst, and so does a word that is not in this list.
 */
const FROM_BEST_TO_WORST = ['fresh', 'market_closed', 'stale', 'expired', 'unknown']

/** Whether the first status is worse than the second. */
export function isWorse(one: Pick<PriceStatus, 'status'>, other: Pick<PriceStatus, 'status'>): boolean {
  return badness(one) > badness(other)
}

function badness({ status }: Pick<PriceStatus, 'status'>): number {
  const index = FROM_BEST_TO_WORST.indexOf(status)
  return index === -1 ? FROM_BEST_TO_WORST.length : index
}
