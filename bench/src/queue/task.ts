/** What a process of this bench does, as it gets it in its argument. */
export type QueueTask = PgBossTask | WorkerTask | SchedulerTask

/** Takes messages off a queue of pg-boss, which knows nothing of a ledger. */
export interface PgBossTask {
  readonly kind: 'pg-boss'
  readonly url: string
  readonly queue: string
  /** In batches of so many; `null`: one at a time, as NOTIFY wakes it. */
  readonly size: number | null
}

/** A worker of ours. */
export interface WorkerTask extends OfScheduler {
  readonly kind: 'worker'
  readonly concurrency: number
  /** Dies when it takes the first run over. */
  readonly dies: boolean
}

/** A scheduler of ours, whose jobs are due every second. */
export interface SchedulerTask extends OfScheduler {
  readonly kind: 'scheduler'
}

export interface OfScheduler {
  readonly url: string
  /** `null`: by pg-boss, in the same database. */
  readonly redisUrl: string | null
  readonly jobs: number
  /** How often they are due; `null`: never. */
  readonly everyMs: number | null
}

/** What such a process says: that it is ready, and then what it did, and the CPU that this took, since it spoke last. */
export type QueueNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'did'; readonly runs: number; readonly lastAt: number; readonly cpuUs: number }
  | { readonly kind: 'cpu'; readonly ms: number; readonly cpuMs: number }

/** What it is told. */
export type QueueOrder = { readonly kind: 'go' } | { readonly kind: 'measure'; readonly ms: number }

/** Milliseconds since the epoch with fractions, comparable between the processes of one machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}
