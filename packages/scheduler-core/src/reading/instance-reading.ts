import type { EpochMs } from '../clock.ts'
import type { InstanceLoad, InstancePlace, InstanceRole } from '../ports/definitions.ts'

/** What an instance does. `draining`: it was stopped and still has runs. `silent`: it sends no heartbeat any more. */
export const INSTANCE_STATES = ['running', 'paused', 'draining', 'stopped', 'silent'] as const
export type InstanceState = (typeof INSTANCE_STATES)[number]

/** A process that runs this scheduler, or an observer that took the snapshot. */
export interface InstanceReading extends InstancePlace, Pick<InstanceLoad, 'concurrency'> {
  /** An observer runs nothing, and is not counted. */
  readonly role: InstanceRole | 'observer'
  readonly state: InstanceState
  readonly id: string
  /** Whether this is the instance that took the snapshot. */
  readonly isCurrent: boolean
  /** Whether it took the snapshot, or its last heartbeat is no older than a lease. One that is not is listed for five minutes. */
  readonly isLive: boolean
  readonly startedAt: EpochMs | null
  /** When it last wrote its heartbeat to the store. */
  readonly heartbeatAt: EpochMs
  /** The version of its time zone data; `null` where its runtime does not tell. */
  readonly timeZoneData: string | null
  /** How many runs it has under way; `null` for those who are told of some jobs only. */
  readonly running: number | null
  /** What it did with messages since it opened, as of its last heartbeat; `null` for those who are told of some jobs only. */
  readonly droppedMessages: number | null
  readonly leftMessages: number | null
}
