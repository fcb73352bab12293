import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { countDue, nextDueAt, previousDueAt } from '../schedule/next-due.ts'
import { createUncovered } from './uncovered.ts'

/**
 * A job's due times in a range of time, held against what the ledger says became of them. `expected` is the sum of
 * `started`, `skipped`, `suppressed`, `missed`, `pending` and of what is unexplained.
 */
export interface JobAudit {
  readonly job: string
  /** The due times in `[from, to)` were judged: what was asked for, short of the future and of what cannot be judged. */
  readonly from: EpochMs
  readonly to: EpochMs
  /** Why it begins later than was asked: the job was not known yet, or the entries before may be deleted already. */
  readonly limitedBy: 'first-known' | 'retention' | null
  /** How many due times the schedule has in this range: as it is now, and before as it was set at run time. */
  readonly expected: number
  /** Due times whose run was started, whatever came of it. */
  readonly started: number
  readonly skipped: number
  readonly suppressed: number
  readonly missed: number
  /** Due, and nothing is decided yet. */
  readonly pending: number
  /** Due times of which the ledger knows nothing. Empty when all is well. */
  readonly unexplained: readonly DueRange[]
  /** Due times that the ledger accounts for more than once. 0 when all is well. */
  readonly accountedTwice: number
  /** Due times in the ledger that the schedule does not have: it was another when they were recorded. */
  readonly offSchedule: number
  /** Runs of due times that a backfill made up for; they count beside what became of the due time itself. */
  readonly backfilled: number
}

export interface DueRange {
  readonly first: EpochMs
  readonly last: EpochMs
  readonly count: number
}

export interface AuditInput {
  readonly job: Pick<JobPolicies, 'name' | 'schedule'>
  readonly from: EpochMs
  readonly to: EpochMs
  readonly now: EpochMs
  /** Due times after this instant were accounted for from the start; `null` when the job was never known. */
  readonly since: EpochMs | null
  readonly cursor: EpochMs
  /** Entries that were settled before this instant may be gone. */
  readonly keptFrom: EpochMs
}

/** Judges one job, entry by entry. */
export interface Audit {
  /** The due times that entries are needed of; `null` when there is nothing to judge. */
  readonly range: { readonly from: EpochMs; readonly to: EpochMs } | null
  /** Whether every due time is explained: nothing that is added would change that. */
  readonly isComplete: boolean
  add(entry: LedgerEntry): void
  result(): JobAudit
}

/**
 * Pure but for what it adds up. Entries may come in any order; while it is about that of the due times, little is
 * kept in memory beside the stretches that are unexplained.
 */
export function createAudit(input: AuditInput): Audit {
  const { name, schedule } = input.job
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
      job: name,
      from,
      to,
      limitedBy,
      expected: countDue(schedule, from - 1, to - 1),
      ...counts,
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

/** The audits of parts of a range that follow each other, at least one, as the audit of the whole. */
export function sumAudits(parts: readonly JobAudit[]): JobAudit {
  return parts.reduce((sum, part) => ({
    ...part,
    // A part of which nothing can be judged is empty, and says why the next begins where it does.
    from: sum.from === sum.to ? part.from : sum.from,
    limitedBy: sum.limitedBy ?? part.limitedBy,
    unexplained: [...sum.unexplained, ...part.unexplained],
    ...Object.fromEntries(COUNTS.map((count) => [count, sum[count] + part[count]])),
  }))
}

/** The part of the range that can be judged. What is decided ahead of the clock, by another whose clock is ahead, can. */
function limit({ from, to, now, since, cursor, keptFrom }: AuditInput) {
  const known = since === null ? Infinity : since + 1
  const begin = Math.max(from, known, keptFrom)
  const end = Math.min(to, Math.max(now, cursor) + 1)
  const limitedBy = begin === from ? null : begin === known ? ('first-known' as const) : ('retention' as const)
  const upTo = Math.max(from, end)
  return { from: Math.min(begin, upTo), to: upTo, limitedBy }
}
