import type { SessionProvider } from '@pm/scheduler-core'

/** A session provider with a place to write to, so that the suite can see what was committed. */
export interface SessionHarness<S> {
  readonly sessions: SessionProvider<S>
  /** Writes `key` through the session. */
  write(session: S, key: string): Promise<void>
  /** The keys that the session sees, in any order. */
  read(session: S): Promise<readonly string[]>
  /** Something whose use fails once the session is closed (default: `read`). */
  use?(session: S): Promise<unknown>
  /** How many units of work can be open at once (default: as many as one likes). */
  readonly concurrentUnits?: number
  /** How many connections are in use just now, when that can be told. */
  busyConnections?(): number
  close(): Promise<void>
}

export type CreateSessionHarness<S> = () => Promise<SessionHarness<S>>
