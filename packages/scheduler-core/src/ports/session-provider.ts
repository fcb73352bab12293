/** How to open a unit of work. */
export interface SessionOptions {
  /** Names the unit in errors, logs and leak reports, such as `tick` or `job:poll` (default `unit of work`). */
  readonly unit?: string
  /** The unit only reads, and sees one consistent state throughout (default false). */
  readonly readOnly?: boolean
  /** The unit is the scheduler's own: its statements are short, and a provider may limit their time (default false). */
  readonly isOwn?: boolean
  /**
   * Aborts the wait for a session (default none). A unit that writes, or that is not the scheduler's own, runs to its end
   * once it has begun. One of the scheduler's own that only reads is broken off: what it waits for is cancelled, in the
   * database too, every later call of the session fails, and the unit rejects with the signal's reason. Its session is
   * released only when nothing goes on in it any more.
   */
  readonly signal?: AbortSignal
}

/**
 * Opens database sessions, one per unit of work.
 *
 * `withSession` opens a session, runs `work` with it, commits when the promise resolves, rolls back when it rejects,
 * and releases the session on every path, also when the rollback throws. It rejects with what `work` rejected with. It
 * hands out a different session object each time, opens none at construction, and works with a pool of one connection.
 */
export interface SessionProvider<S> {
  withSession<T>(work: (session: S) => Promise<T>, options?: SessionOptions): Promise<T>
  /** The state of the connection pool; without one, or without access to it, `null` or no method. */
  pool?(): PoolState | null
}

export interface PoolState {
  /** How many connections exist, idle or not. */
  readonly size: number
  readonly idle: number
  /** How many units of work wait for a connection. */
  readonly waiting: number
  /** How many connections there may be (default unknown). */
  readonly most?: number
}
