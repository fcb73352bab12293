/** How to open a unit of work. */
export interface SessionOptions {
  /** Names the unit in errors, logs and leak reports, such as `tick` or `job:poll` (default `unit of work`). */
  readonly unit?: string
  /** The unit only reads, and sees one consistent state throughout (default false). */
  readonly readOnly?: boolean
  /** The unit is the scheduler's own: its statements are short, and a provider may limit how long they take (default false). */
  readonly isOwn?: boolean
  /** Aborting it abandons the wait for a session; a unit that has begun runs to its end (default none). */
  readonly signal?: AbortSignal
}

/**
 * Opens database sessions, one per unit of work.
 *
 * `withSession` opens a session, runs `work` with it, commits when the promise resolves and rolls back when it
 * rejects, and releases the session on every path, also when the rollback itself throws. It rejects with what
 * `work` rejected with. An implementation hands out a different session object each time, opens none at
 * construction, and works with a pool of one connection.
 */
export interface SessionProvider<S> {
  withSession<T>(work: (session: S) => Promise<T>, options?: SessionOptions): Promise<T>
  /** How its pool of connections stands at this moment; `null`, or left out, by a provider that has none or cannot tell. */
  pool?(): PoolState | null
}

export interface PoolState {
  /** Connections there are, idle or not. */
  readonly size: number
  readonly idle: number
  /** Units of work that wait for a connection. */
  readonly waiting: number
}
