import type { EpochMs, RunId, RunTrigger } from '@pm/scheduler-core'

/** One call of a handler, as the handler itself wrote it down. */
export interface BookedCall {
  readonly job: string
  readonly runId: RunId
  readonly attempt: number
  readonly trigger: RunTrigger
  readonly scheduledFor: EpochMs | null
  readonly items: number
  /** How it ended; `null` while it goes on, and for ever where its process died. */
  ending: 'returned' | 'threw' | null
}
