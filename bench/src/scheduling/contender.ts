/** A scheduler under measurement. */
export interface Contender {
  /** Resolves when every job is registered and waits for its first due time. Nothing is ever stopped: the process ends. */
  start(load: Load): Promise<void>
}

/** The jobs that a contender is given. */
export interface Load {
  readonly jobs: number
  /** `second` to measure dispatch; `day` for jobs that only wait. */
  readonly period: 'second' | 'day'
  /** What each job's handler calls: which job it is, and the due time that it runs for. */
  readonly onRun: (job: number, dueAt: number) => void
}

/** Which contender a process is to be. */
export type ContenderId =
  | { readonly kind: 'peer'; readonly name: PeerName }
  /** A build of ours, by its checkout. */
  | { readonly kind: 'ours'; readonly root: string; readonly schedule: OurSchedule }

/** Everybody else, the floor first. */
export const PEER_NAMES = ['bare heap', 'toad-scheduler', 'croner', 'node-cron', 'node-schedule'] as const
export type PeerName = (typeof PEER_NAMES)[number]

export const OUR_SCHEDULES = ['every', 'cron'] as const
export type OurSchedule = (typeof OUR_SCHEDULES)[number]

export const PERIOD_MS = { second: 1_000, day: 86_400_000 } as const

export const PATTERN = { second: '* * * * * *', day: '0 0 0 * * *' } as const

/** A run this little before a due time belongs to it and is early. */
const EARLY_MS = 50

/** For contenders that do not say which due time a run is for: the one that has just passed. */
export function lastDueAt(now: number, anchorAt = 0): number {
  return Math.floor((now - anchorAt + EARLY_MS) / PERIOD_MS.second) * PERIOD_MS.second + anchorAt
}
