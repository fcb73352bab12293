/** Of a lease, this part at its end is not trusted: clocks and networks are late at times. */
const MARGIN = 1 / 6

/** For how long an owner trusts its lease, counted from before the call that asked for it. */
export function trustedMs(leaseMs: number): number {
  return leaseMs * (1 - MARGIN)
}
