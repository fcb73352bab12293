import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'

/** What one instance has of one job. */
export interface JobHolding {
  readonly job: string
  /** The deployment that the host told, or else the digest. */
  readonly key: string
  /** Equal for equal definitions. */
  readonly digest: string
}

/**
 * A definition of a job and the span in which it was in effect: the due times in `(since, until]` are due by it. At any
 * instant at most one definition of a job is in effect.
 */
export interface DefinitionSpan extends JobHolding {
  readonly since: EpochMs
  /** `null` for the one in effect. */
  readonly until: EpochMs | null
  /** A `JobDefinition`. Stores answer it as it was written; readers check it. */
  readonly definition: unknown
}

/** Which spans to read (default: the last one of each job, in effect or not). */
export interface ReadDefinitionsInput {
  readonly scheduler: string
  /** Those that began or ended after this version of the definitions. */
  readonly changedAfter?: number
  /** Those in effect, and those that ended at this instant or later. */
  readonly endedFrom?: EpochMs
  /** Only those of this job (default all). */
  readonly job?: string
}

/** A job with more names than the one that it is stored under. */
export interface RenamedJob {
  /** The name that it is stored under: the first that it had. */
  readonly job: string
  /** Its name by the definition that took effect last. */
  readonly called: string
  /** Its other names, in the order in which they were told. No two jobs share a name. */
  readonly others: readonly string[]
}

/** Where an instance runs, and what; each is `null` where it is unknown. */
export interface InstancePlace {
  /** The name of its machine or container. */
  readonly host: string | null
  /** The number of its process on that host. */
  readonly pid: number | null
  /** The deployment that its host told. */
  readonly version: string | null
}

/**
 * What an instance does. `scheduler`: decides what is due, and runs it or hands it to an engine. `worker`: runs what an
 * engine brings.
 */
export const INSTANCE_ROLES = ['scheduler', 'worker'] as const
export type InstanceRole = (typeof INSTANCE_ROLES)[number]

/** What an instance can take on and what it did with messages, as of its last heartbeat. */
export interface InstanceLoad {
  /** How many runs it executes at a time; `null`: no limit, or it has not told yet. 0: it hands all to an engine. */
  readonly concurrency: number | null
  /** Messages that an engine brought although their run was not queued (any more), since it opened. */
  readonly droppedMessages: number
  /** How often it left a message for another worker, or for later, since it opened. */
  readonly leftMessages: number
}

/** An instance, by its registration and its heartbeats. */
export interface InstanceLife extends InstancePlace {
  readonly instance: InstanceId
  readonly role: InstanceRole
  readonly firstSeenAt: EpochMs
  readonly lastSeenAt: EpochMs
  /** How long after a heartbeat it counts as alive. */
  readonly leaseMs: number
  /** When it left, or was found dead; `null` while it holds its jobs. */
  readonly leftAt: EpochMs | null
  /** The version of its time zone data, such as 2026a; `null` where its runtime does not tell. */
  readonly timeZoneData: string | null
}

/** Which jobs to read: those that an instance has that has not left and whose time zone data are newer than these. */
export interface ReadOutdatedInput {
  readonly scheduler: string
  /** `null`, unknown data, are older than any. */
  readonly timeZoneData: string | null
}

export interface ReadStandingsInput {
  readonly scheduler: string
  /** The instance that asks. Its own holdings do not count. */
  readonly instance: InstanceId
  readonly now: EpochMs
  /** What it has. */
  readonly holds: readonly JobHolding[]
  /** Leaves out what it does not have (default false). */
  readonly onlyHolds?: boolean
}

/** Where the definition of a job stands, for the instance that asks. */
export interface JobStanding {
  readonly job: string
  /** The one in effect. Its `definition` is `null` when its digest is that of the asking instance. */
  readonly present: DefinitionSpan | null
  /** When the last definition ended; `null` when one is in effect, or the job never had any. */
  readonly endedAt: EpochMs | null
  /** The definition that ended then; `null` when one is in effect, or the job never had any. */
  readonly last: unknown
  /** Whether a definition with the key of the asking instance was ever in effect, as far as is kept. */
  readonly isKeyKnown: boolean
  /** Whether another live instance has the job. */
  readonly isHeld: boolean
  /** Whether another live instance has it with the key and digest of the definition in effect. */
  readonly isPresentHeld: boolean
  /** The latest heartbeat of the dead instances that had the job; `null` without any. */
  readonly lastHeldAt: EpochMs | null
  /** The job's cursor: every due time up to it is accounted for. */
  readonly cursor: EpochMs
}

/** Changes of who has which jobs, and of the definitions in effect. */
export interface DefineInput {
  readonly scheduler: string
  readonly now: EpochMs
  /** The instance that has these jobs from now on, and no others; `null` when none enters. */
  readonly enters: EnteringInstance | null
  /** Whether others have to look again although no definition begins or ends and nobody leaves (default false). */
  readonly isNotable?: boolean
  /** The instances that have no job any more, and since when. */
  readonly leaves: readonly { readonly instance: InstanceId; readonly at: EpochMs }[]
  /** The jobs whose definition ends, and when. */
  readonly ended: readonly { readonly job: string; readonly at: EpochMs }[]
  /** New jobs, each with its first cursor; those that are known keep theirs (default none). */
  readonly added?: readonly { readonly job: string; readonly cursor: EpochMs }[]
  /** The definitions that take effect, after those of `ended` have ended. */
  readonly begun: readonly BegunDefinition[]
}

export interface BegunDefinition extends JobHolding {
  readonly since: EpochMs
  readonly definition: object
  /** The name that a renamed job has by this definition (default: it keeps the one that it has). */
  readonly called?: string
}

export interface EnteringInstance extends InstancePlace {
  readonly instance: InstanceId
  readonly role: InstanceRole
  readonly leaseMs: number
  /** The version of its time zone data; `null` where its runtime does not tell. */
  readonly timeZoneData: string | null
  readonly holds: readonly JobHolding[]
}
