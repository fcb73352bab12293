import type { LiveState } from '../live/live-state.ts'

/** What the live sign shows for everything that the page follows. */
export interface LiveSummary {
  readonly kind:
    | 'live'
    | 'polling'
    | 'connecting'
    | 'paused'
    | 'unreachable'
    | 'not-open'
    | 'server-stale'
    | 'forbidden'
    | 'logged-out'
  readonly fresh: number
  /** The oldest status that is shown. */
  readonly asOf: string | null
}

/** The sign for several statuses is that of the worst. */
export function summarize(states: readonly LiveState[], { isPaused }: { readonly isPaused: boolean }): LiveSummary {
  const asOf =
    states
      .flatMap(({ status }) => status?.as_of ?? [])
      .sort()
      .at(0) ?? null
  const fresh = Math.max(0, ...states.map((state) => state.fresh))
  return { kind: kindOf(states, isPaused), fresh, asOf }
}

function kindOf(states: readonly LiveState[], isPaused: boolean): LiveSummary['kind'] {
  if (states.some(({ trouble }) => trouble?.status === 401)) return 'logged-out'
  if (states.some(({ trouble }) => trouble?.status === 403)) return 'forbidden'
  const troubled = isPaused ? [] : states.filter(isTroubled)
  if (troubled.some(({ trouble }) => trouble?.code !== NOT_OPEN)) return 'unreachable'
  if (isPaused) return 'paused'
  if (troubled.length > 0) return 'not-open'
  if (states.some(({ status }) => status?.stale === true)) return 'server-stale'
  if (states.length === 0 || states.some(({ connection }) => connection === 'waiting')) return 'connecting'
  return states.some(({ connection }) => connection === 'polling') ? 'polling' : 'live'
}

/** What the server answers for a scheduler that the host has not opened yet. The server itself is well. */
export const NOT_OPEN = 'SCHEDULER_NOT_OPEN'

function isTroubled({ trouble, connection }: LiveState): boolean {
  return trouble !== null && connection !== 'live' && connection !== 'polling'
}
