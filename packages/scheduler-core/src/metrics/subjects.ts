import type { ProcessReading } from '../host/process-probe.ts'
import type { InstanceReading } from '../reading/instance-reading.ts'
import type {
  CallReading,
  CountsReading,
  CustomReading,
  FeedReading,
  FeedsReading,
  HeldSessionReading,
  JobReading,
  ProviderReading,
  RunReading,
  SchedulerReading,
  SessionsReading,
  SnapshotReading,
  StoreReading,
} from '../reading/snapshot.ts'

/** The subjects that metrics have, each with the reading that holds its values. */
export interface MetricSubjects {
  /** All jobs together, or one of them. */
  readonly run: RunReading
  /** All providers together, or one of them. */
  readonly call: CallReading
  readonly scheduler: SchedulerReading
  readonly job: JobReading
  readonly provider: ProviderReading
  readonly instance: InstanceReading
  readonly feed: FeedReading
  readonly feeds: FeedsReading['counts']
  /** One metric of the host's own. */
  readonly own: CustomReading
  /** How many there are of what a snapshot lists. */
  readonly counts: CountsReading
  readonly process: ProcessReading
  readonly sessions: SessionsReading
  /** One open session. */
  readonly session: HeldSessionReading
  readonly store: StoreReading
  readonly snapshot: SnapshotReading
}

export type MetricSubject = keyof MetricSubjects

/** The subjects of which a snapshot has many. A metric of one of them has to name it. */
export const LISTED = ['job', 'provider', 'instance', 'session', 'feed', 'own'] as const
export type Listed = (typeof LISTED)[number]
