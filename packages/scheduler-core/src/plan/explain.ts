import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import type { JobPolicies } from '../job/job.ts'
import type { LedgerEntry, Run } from '../run/ledger-entry.ts'
import { nextDueAt, previousDueAt } from '../schedule/next-due.ts'
import {
  describeForeseen,
  describeNotDue,
  describePending,
  describeRecorded,
  describeUnknown,
} from './describe-explanation.ts'
import { inactiveSpans } from './inactive.ts'
import { type ForeseenDueTime, foresee } from './preview.ts'
import { startOf } from './start-of.ts'

/** Whether an instant is a due time of a job, and in words why it ran, did not run, or will not. */
export type DueTimeExplanation = { readonly job: string; readonly at: EpochMs; readonly text: string } & (
  | {
      readonly kind: 'not-due'
      readonly previousDueAt: EpochMs | null
      readonly nextDueAt: EpochMs | null
    }
  /** The ledger's entry, and the runs that made up for it: reruns of an orphan, a backfill. */
  | { readonly kind: 'recorded'; readonly entry: LedgerEntry; readonly later: readonly Run[] }
  /** Due, and nothing is decided yet. */
  | { readonly kind: 'pending'; readonly startsAt: EpochMs }
  | { readonly kind: 'foreseen'; readonly foreseen: ForeseenDueTime }
  /** The ledger has no entry: the job was not registered yet, the entry may be deleted, or it is missing. */
  | { readonly kind: 'unknown'; readonly reason: 'first-known' | 'retention' | 'unexplained' }
)

export interface ExplainInput {
  readonly scheduler: string
  readonly job: JobPolicies
  readonly at: EpochMs
  readonly now: EpochMs
  readonly control: ControlState
  /** Where the job stands. */
  readonly since: EpochMs
  readonly cursor: EpochMs
  readonly running: number
  readonly keptFrom: EpochMs
  /** The ledger's entry for this due time. */
  readonly entry: LedgerEntry | null
  readonly later: readonly Run[]
}

/** Explains an instant. Pure. */
export function explain(input: ExplainInput): DueTimeExplanation {
  const { scheduler, job, at, now, control, entry, later } = input
  const base = { job: job.name, at }
  if (entry) return { ...base, kind: 'recorded', entry, later, text: describeRecorded(at, { entry, later, job }) }
  const previous = previousDueAt(job.schedule, at)
  const next = nextDueAt(job.schedule, at)
  if (nextDueAt(job.schedule, at - 1) !== at) {
    const text = describeNotDue(at, { previous, next })
    return { ...base, kind: 'not-due', previousDueAt: previous, nextDueAt: next, text }
  }
  if (at <= input.cursor) {
    const reason = whyUnknown(input)
    return { ...base, kind: 'unknown', reason, text: describeUnknown(at, { reason, since: input.since }) }
  }
  const rule = { scheduler, job, inactive: inactiveSpans(control, job.name) }
  const foreseen = foresee(at, rule)
  if (at <= now) {
    const startsAt = startOf(at, rule)
    return { ...base, kind: 'pending', startsAt, text: describePending(at, { ...input, foreseen, startsAt }) }
  }
  return { ...base, kind: 'foreseen', foreseen, text: describeForeseen(at, { control, job, foreseen }) }
}

function whyUnknown({ at, since, keptFrom }: ExplainInput) {
  if (at <= since) return 'first-known' as const
  return at < keptFrom ? ('retention' as const) : ('unexplained' as const)
}
