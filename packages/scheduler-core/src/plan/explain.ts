import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import type { JobPolicies } from '../job/job.ts'
import type { LedgerEntry, Run } from '../run/ledger-entry.ts'
import { nextDueAt, previousDueAt } from '../schedule/next-due.ts'
import {
  describeForeseen,
  describeNotDefined,
  describeNotDue,
  describePending,
  describeRecorded,
  describeUnknown,
} from './describe-explanation.ts'
import { inactiveSpans } from './inactive.ts'
import { judgeDueTime, type UnknownReason } from './judge-due-time.ts'
import type { ForeseenDueTime } from './preview.ts'
import type { Stretch } from './uncovered.ts'

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
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  /** No open instance had the job then: it was not defined after `from`, up to and including `to`. */
  | { readonly kind: 'not-defined'; readonly from: EpochMs; readonly to: EpochMs | null }
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
  /** The stretch without a definition that the instant is in; `null` when the job was defined. */
  readonly gap: Stretch | null
  /** The ledger's entry for this due time. */
  readonly entry: LedgerEntry | null
  readonly later: readonly Run[]
}

/** Explains an instant. Pure. */
export function explain(input: ExplainInput): DueTimeExplanation {
  const { scheduler, job, at, control, entry, later, gap } = input
  const base = { job: job.name, at }
  if (!entry && gap) {
    const [from, to] = [gap.after, gap.upTo === Infinity ? null : gap.upTo]
    return { ...base, kind: 'not-defined', from, to, text: describeNotDefined(at, { from, to }) }
  }
  if (!entry && nextDueAt(job.schedule, at - 1) !== at) {
    const [previous, next] = [previousDueAt(job.schedule, at), nextDueAt(job.schedule, at)]
    const text = describeNotDue(at, { previous, next })
    return { ...base, kind: 'not-due', previousDueAt: previous, nextDueAt: next, text }
  }
  const rule = { scheduler, job, inactive: inactiveSpans(control, job.name) }
  const judged = judgeDueTime(at, { ...input, rule }, entry)
  switch (judged.kind) {
    case 'recorded': {
      const { kind, entry } = judged
      return { ...base, kind, entry, later, text: describeRecorded(at, { entry, later, job }) }
    }
    case 'unknown': {
      const { kind, reason } = judged
      return { ...base, kind, reason, text: describeUnknown(at, { reason, since: input.since }) }
    }
    case 'pending': {
      const { kind, startsAt } = judged
      return { ...base, kind, startsAt, text: describePending(at, { ...input, ...judged }) }
    }
    case 'foreseen':
      return { ...base, ...judged, text: describeForeseen(at, { control, job, ...judged }) }
  }
}
