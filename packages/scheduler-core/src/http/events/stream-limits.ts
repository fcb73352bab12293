import { SchedulerError } from '../../errors.ts'

/** How many event streams may be open. Mounted routers may share one, for one limit of the process. */
export interface StreamLimits {
  /** Takes a place for the principal. Returns a function that gives it back, once. Throws `TOO_MANY_STREAMS`. */
  take(principal: string): () => void
}

export interface StreamLimitsOptions {
  /** Streams in all (default 5,000). */
  readonly total?: number
  /** Streams of one principal, by name (default 50). */
  readonly perPrincipal?: number
}

/** Makes new limits. Pass them to every router that is to share them. */
export function createStreamLimits({ total = 5_000, perPrincipal = 50 }: StreamLimitsOptions = {}): StreamLimits {
  const byPrincipal = new Map<string, number>()
  let taken = 0

  function giveBack(principal: string): void {
    taken--
    const left = (byPrincipal.get(principal) ?? 0) - 1
    if (left > 0) byPrincipal.set(principal, left)
    else byPrincipal.delete(principal)
  }

  return {
    take(principal) {
      const own = byPrincipal.get(principal) ?? 0
      if (taken >= total || own >= perPrincipal) throw new SchedulerError('TOO_MANY_STREAMS', {})
      taken++
      byPrincipal.set(principal, own + 1)
      let isHeld = true
      return () => {
        if (isHeld) giveBack(principal)
        isHeld = false
      }
    },
  }
}
