import type { Connection } from '@pm/scheduler-core/client'
import type { Changed } from './changed.ts'
import { both } from './changed.ts'
import type { News, Trouble } from './messages.ts'
import type { AnyStatus } from './topic.ts'

/** What a page knows of one topic. */
export interface LiveState<S = AnyStatus> {
  /** `null` until the first status has come. */
  readonly status: S | null
  /** The id of its snapshot. */
  readonly id: string | null
  readonly connection: Connection | 'paused'
  readonly trouble: Trouble | null
  /** How many states came while the page is paused. */
  readonly fresh: number
}

/** The state that is shown, and what waits behind a pause. */
export interface Held {
  readonly shown: LiveState
  readonly waiting: { readonly status: AnyStatus; readonly id: string; readonly changed: Changed } | null
  /** As it really is, also while the page is paused. */
  readonly connection: Connection
}

export const NOTHING: Held = {
  shown: { status: null, id: null, connection: 'waiting', trouble: null, fresh: 0 },
  waiting: null,
  connection: 'waiting',
}

/** The state after a piece of news. The first status is shown even when the page is paused. */
export function take(held: Held, news: News, { isPaused }: { readonly isPaused: boolean }): Held {
  const { shown } = held
  if (news.kind === 'connection') {
    const { connection } = news
    return { ...held, connection, shown: { ...shown, connection: isPaused ? 'paused' : connection } }
  }
  if (news.kind === 'trouble') {
    const { trouble } = news
    // Who may no longer see it does not go on seeing it.
    if (isRefusal(trouble))
      return { ...held, waiting: null, shown: { ...shown, status: null, id: null, fresh: 0, trouble } }
    return { ...held, shown: { ...shown, trouble } }
  }
  const { status, id, changed } = news
  if (!isPaused || shown.status === null) return { ...held, waiting: null, shown: { ...shown, status, id, fresh: 0 } }
  if (id !== '' && (id === shown.id || id === held.waiting?.id)) return held
  const waiting = { status, id, changed: held.waiting ? both(held.waiting.changed, changed) : changed }
  return { ...held, waiting, shown: { ...shown, fresh: shown.fresh + 1 } }
}

function isRefusal(trouble: Trouble | null): boolean {
  return trouble?.status === 401 || trouble?.status === 403
}

/** The state as a pause begins or ends: at its end the latest of what waited is shown. */
export function pause(held: Held, isPaused: boolean): Held {
  const { shown, waiting, connection } = held
  if (isPaused) return { ...held, shown: { ...shown, connection: 'paused' } }
  const next = waiting ? { status: waiting.status, id: waiting.id } : {}
  return { waiting: null, connection, shown: { ...shown, ...next, connection, fresh: 0 } }
}
