import type { EpochMs } from '../clock.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { countDue, nextDueAt, previousDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { createUncovered } from './uncovered.ts'

/**
 * A job's due times in a range, compared with the ledger. `expected` is the sum of `started`, `skipped`, `suppressed`,
 * `missed`, `pending` and the unexplained.
 */
export interface JobAudit {
  readonly job: string
  /** The judged range `[from, to)`: the requested one without the future and what cannot be judged. */
  readonly from: EpochMs
  readonly to: EpochMs
  /** Why the judged range begins later: the job was not registered yet, or older entries may be deleted. */
  readonly limitedBy: 'first-known' | 'retention' | null
  /** The due times of the schedules in this range, each while it was in effect. Nothing was due while nobody had the job. */
  readonly expected: number
  /** Due times whose run was started, whether or not it succeeded. */
  readonly started: number
  readonly skipped: number
  readonly suppressed: number
  readonly missed: number
  /** Due times that are not decided yet. */
  readonly pending: number
  /** Due times without an entry in the ledger. Empty when all is well. */
  readonly unexplained: readonly DueRange[]
  /** Due times that the ledger accounts for more than once. 0 when all is well. */
  readonly accountedTwice: number
  /** Due times in the ledger that the schedule does not have: the job had another when they were recorded. */
  readonly offSchedule: number
  /** The stretches of the range in which no open instance had the job: nothing was due then. */
  readonly notDefined: readonly NotDefined[]
  /** Backfill runs. They count in addition to the outcome of their due times. */
  readonly backfilled: number
}

/** A stretch `[from, to)` in which no open instance had a job. */
export interface NotDefined {
  readonly from: EpochMs
  readonly to: EpochMs
}

export interface DueRange {
  readonly first: EpochMs
  readonly last: EpochMs
  readonly count: number
}

export interface AuditInput {
  readonly job: string
  /** `null`: no open instance had the job. */
  readonly schedule: Schedule | null
  readonly from: EpochMs
  readonly to: EpochMs
  readonly now: EpochMs
  /** The ledger accounts for due times after this instant; `null` when the job was never registered. */
  readonly since: EpochMs | null
  readonly cursor: EpochMs
  /** Entries that were settled before this instant may be deleted. */
  readonly keptFrom: EpochMs
}

/** Judges one job, entry by entry. */
export interface Audit {
  /** The range of due times whose entries the audit needs; `null` when there is nothing to judge. */
  readonly range: { readonly from: EpochMs; readonly to: EpochMs } | null
  /** Whether every due time is explained, so that no further entry can change the result. */
  readonly isComplete: boolean
  add(entry: LedgerEntry): void
  result(): JobAudit
}

/**
 * Creates an audit. Its only state is its sums and the unexplained stretches. Entries may come in any order; in about
 * the order of their due times they take the least memory.
 */
export function createAudit(input: AuditInput): Audit {
  const schedule = input.schedule ?? NEVER
  const { from, to, limitedBy } = limit(input)
  const decidedTo = Math.min(to, input.cursor + 1)
  const uncovered = createUncovered(schedule, { after: from - 1, upTo: decidedTo - 1 })
  const counts = { started: 0, skipped: 0, suppressed: 0, missed: 0, accountedTwice: 0, offSchedule: 0, backfilled: 0 }

  return {
    range: decidedTo > from ? { from, to: decidedTo } : null,
    get isComplete() {
      return uncovered.isEmpty
    },
    add(entry) {
      if (entry.kind === 'run' && entry.trigger !== 'schedule') {
        if (entry.trigger === 'backfill') counts.backfilled++
        return
      }
      const first = entry.scheduledFor
      if (first === null) return
      const last = entry.kind === 'unrun' ? entry.through : first
      const dueCount = entry.kind === 'unrun' ? entry.dueCount : 1
      const covered = uncovered.cover({ after: first - 1, upTo: last })
      const within = countDue(schedule, Math.max(first, from) - 1, Math.min(last, decidedTo - 1))
      counts[entry.kind === 'run' ? 'started' : entry.state] += covered
      counts.accountedTwice += within - covered
      counts.offSchedule += Math.abs(dueCount - countDue(schedule, first - 1, last))
    },
    result: () => ({
      job: input.job,
      from,
      to,
      limitedBy,
      expected: countDue(schedule, from - 1, to - 1),
      ...counts,
      notDefined: input.schedule === null && from < to ? [{ from, to }] : [],
      pending: countDue(schedule, Math.max(from, decidedTo) - 1, to - 1),
      unexplained: uncovered.spans.flatMap(({ after, upTo }) => {
        const first = nextDueAt(schedule, after)
        const last = previousDueAt(schedule, upTo + 1)
        return first === null || last === null ? [] : [{ first, last, count: countDue(schedule, after, upTo) }]
      }),
    }),
  }
}

const COUNTS = [
  'expected',
  'started',
  'skipped',
  'suppressed',
  'missed',
  'pending',
  'accountedTwice',
  'offSchedule',
  'backfilled',
] as const

/** A schedule that is due at the earliest instant there is, and so in no range. */
const NEVER: Schedule = { kind: 'once', at: -8.64e15 }

/** Adds up the audits of consecutive parts of a range, at least one, to the audit of the whole. */
export function sumAudits(parts: readonly JobAudit[]): JobAudit {
  return parts.reduce((sum, part) => ({
    ...part,
    // A part that cannot be judged is empty, and its `limitedBy` says why the next part begins where it does.
    from: sum.from === sum.to ? part.from : sum.from,
    limitedBy: sum.limitedBy ?? part.limitedBy,
    unexplained: [...sum.unexplained, ...part.unexplained],
    notDefined: [...sum.notDefined, ...part.notDefined],
    ...Object.fromEntries(COUNTS.map((count) => [count, sum[count] + part[count]])),
  }))
}

/**
 * The part of the range that can be judged. It includes due times after `now` that an instance with a faster clock has
 * already decided.
 */
function limit({ from, to, now, since, cursor, keptFrom }: AuditInput) {
  const known = since === null ? Infinity : since + 1
  const begin = Math.max(from, known, keptFrom)
  const end = Math.min(to, Math.max(now, cursor) + 1)
  const limitedBy = begin === from ? null : begin === known ? ('first-known' as const) : ('retention' as const)
  const upTo = Math.max(from, end)
  return { from: Math.min(begin, upTo), to: upTo, limitedBy }
}
