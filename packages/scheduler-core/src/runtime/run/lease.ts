/** The part at the end of a lease that its owner does not trust, since clocks and networks are late at times. */
const MARGIN = 1 / 6

/** How long an owner trusts its lease, counted from before the call that asked for it. */
export function trustedMs(leaseMs: number): number {
  return leaseMs * (1 - MARGIN)
}
