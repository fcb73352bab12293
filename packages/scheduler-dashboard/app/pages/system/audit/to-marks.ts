import type { ForeseenDueTimeView, JobAuditView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { beganAt } from '../../../data/began-at.ts'
import { toMs } from '../../../format/instants.ts'
import type { Span } from '../../../format/span.ts'
import { type Fate, fateOf } from './fates.ts'

/** One thing in a lane: a due time with what became of it, a run without one, or an unbroken range of due times. */
export interface Mark {
  readonly key: string
  readonly fate: Fate
  /** `null` for a run that somebody started by hand. */
  readonly dueMs: number | null
  /** When it began, or was queued where it has not; when it was due where it did not run. */
  readonly atMs: number
  /** When the run or the range of due times ended; `null` for a run that goes on, and for a single due time. */
  readonly untilMs: number | null
  /** Due times that it stands for. */
  readonly count: number
  /** Of a run. */
  readonly entry: LedgerEntryView | null
  /** Of a due time to come. */
  readonly foreseen: ForeseenDueTimeView | null
}

export interface LaneFacts {
  readonly entries: readonly LedgerEntryView[]
  readonly foreseen: readonly ForeseenDueTimeView[]
  readonly unexplained: JobAuditView['unexplained']
}

/** The marks of a job in a range, oldest first. */
export function toMarks({ entries, foreseen, unexplained }: LaneFacts, span: Span, nowMs: number): readonly Mark[] {
  return [...entries.map(ofEntry), ...foreseen.map((due) => ofForeseen(due, nowMs)), ...unexplained.map(ofUnexplained)]
    .filter(({ atMs, untilMs }) => (untilMs ?? atMs) >= span.fromMs && atMs < span.toMs)
    .sort((one, other) => one.atMs - other.atMs || (one.key < other.key ? -1 : 1))
}

function ofEntry(entry: LedgerEntryView): Mark {
  const dueMs = toMs(entry.scheduled_for)
  const about = { key: entry.id, fate: fateOf(entry), dueMs, entry, foreseen: null }
  if (entry.kind === 'run') {
    return { ...about, atMs: toMs(beganAt(entry)) ?? 0, untilMs: toMs(entry.settled_at), count: 1 }
  }
  const { due_count: count, through } = entry
  return { ...about, atMs: dueMs ?? 0, untilMs: count > 1 ? toMs(through) : null, count }
}

/** A due time that has passed without being decided is pending; one to come waits for its time. */
function ofForeseen(foreseen: ForeseenDueTimeView, nowMs: number): Mark {
  const dueMs = toMs(foreseen.due_at) ?? 0
  const fate = dueMs <= nowMs ? 'pending' : 'coming'
  return { key: `due ${dueMs}`, fate, dueMs, atMs: dueMs, untilMs: null, count: 1, entry: null, foreseen }
}

function ofUnexplained({ first, last, count }: JobAuditView['unexplained'][number]): Mark {
  const dueMs = toMs(first) ?? 0
  const untilMs = count > 1 ? toMs(last) : null
  return {
    key: `unexplained ${dueMs}`,
    fate: 'unexplained',
    dueMs,
    atMs: dueMs,
    untilMs,
    count,
    entry: null,
    foreseen: null,
  }
}
