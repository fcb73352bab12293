/** Which engine carries the runs of a cluster. */
export type EngineName = 'pg-boss' | 'bullmq'

/** What a process of a cluster is, as it gets it in its argument. */
export interface InstanceOptions {
  readonly role: 'scheduler' | 'worker'
  readonly engine: EngineName
  /** The database, through the proxy of this process. */
  readonly databaseUrl: string
  /** Redis, through the proxy of this process; `null` where the engine needs none. */
  readonly redisUrl: string | null
  /** The scheduler's name; its instances share it. */
  readonly scheduler: string
  /** Names this process in the history. */
  readonly process: string
  readonly historyPath: string
  /** How far the clock of this process is ahead. */
  readonly skewMs: number
}

export const LEASE_MS = 1_000
export const SWEEP_MS = 200
/** After this time a run that nobody took over is handed over again: longer than a busy machine lets it wait. */
export const QUEUE_TIMEOUT_MS = 3_000
