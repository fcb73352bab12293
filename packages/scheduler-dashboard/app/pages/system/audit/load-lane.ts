import type { HistoryView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Span } from '../../../format/span.ts'
import { addCounts, type Fate, type FateCounts } from './fates.ts'
import { iso, walk, walkManual } from './load-audit.ts'
import { type Bin, binOf, binWidth } from './to-bins.ts'
import type { LaneHead } from './to-lanes.ts'
import { type Mark, toMarks } from './to-marks.ts'

/** What a lane shows: each due time, or counts where there are too many. */
export type LaneData =
  | { readonly kind: 'marks'; readonly marks: readonly Mark[]; readonly isComplete: boolean }
  | { readonly kind: 'bins'; readonly bins: readonly Bin[]; readonly width: number }

/** More due times than this are counted by the server. */
const MOST_MARKS = 600
const MOST_COMING = 60
const MOST_BINS = 96
const LIMIT = 200
const MINUTE_MS = 60_000

interface Asked {
  readonly head: LaneHead
  readonly span: Span
  readonly nowMs: number
}

export async function loadLane(api: Api, { head, span, nowMs }: Asked): Promise<LaneData> {
  if (head.audit.expected > MOST_MARKS) return loadBins(api, { head, span, nowMs })
  const { job } = head
  const [from, to] = [iso(span.fromMs), iso(span.toMs)]
  const isAhead = span.toMs > nowMs && !isGone(head, nowMs)
  const [ledger, manual, preview] = await Promise.all([
    walk((cursor) => api.admin.runs({ ...cursor, job, from, to, limit: LIMIT })),
    walkManual(api, span, job),
    isAhead ? api.admin.preview(job, { n: MOST_COMING }) : null,
  ])
  const known = new Set(ledger.entries.map(({ scheduled_for }) => scheduled_for))
  const facts = {
    entries: [...ledger.entries, ...manual.entries],
    foreseen: (preview?.items ?? []).filter(({ due_at }) => due_at < to && !known.has(due_at)),
    unexplained: head.audit.unexplained,
  }
  return { kind: 'marks', marks: toMarks(facts, span, nowMs), isComplete: ledger.isComplete }
}

/** Whether no open instance has the job now: nothing of it is to come. The account is a little older than the present. */
function isGone({ audit }: LaneHead, nowMs: number): boolean {
  const last = audit.not_defined.at(-1)
  return last !== undefined && Date.parse(last.to) > nowMs - MINUTE_MS
}

const COUNTED = [
  ['ran', 'successful_runs'],
  ['failed', 'failed_runs_error'],
  ['failed', 'failed_runs_timed_out'],
  ['orphaned', 'failed_runs_orphaned'],
  ['interrupted', 'interrupted_runs'],
  ['cancelled', 'cancelled_runs'],
  ['skipped', 'skipped_runs_overlap'],
  ['excluded', 'skipped_runs_excluded'],
  ['missed', 'missed_runs'],
  ['suppressed', 'suppressed'],
] as const satisfies readonly (readonly [Fate, string])[]

/** Counts by the time at which each was settled, as the aggregates have them. */
async function loadBins(api: Api, { head: { job }, span, nowMs }: Asked): Promise<LaneData> {
  const width = binWidth(span, MOST_BINS)
  const from = Math.floor(span.fromMs / width) * width
  const to = Math.ceil(Math.min(span.toMs, nowMs) / width) * width
  const range = { job, from: iso(from), to: iso(Math.max(to, from + width)), step_ms: width }
  const histories = await Promise.all(COUNTED.map(([, metric]) => api.admin.history({ ...range, metric })))
  return { kind: 'bins', width, bins: binsOf(histories, width) }
}

function binsOf(histories: readonly HistoryView[], width: number): readonly Bin[] {
  const points = histories[0]?.points ?? []
  return points.flatMap(({ after }, index) => {
    const counts = COUNTED.reduce<FateCounts>((sum, [fate], at) => {
      const value = histories[at]?.points[index]?.value ?? 0
      return value > 0 ? addCounts(sum, { [fate]: value }) : sum
    }, {})
    const bin = binOf(Date.parse(after), width, counts)
    return bin.total > 0 ? [bin] : []
  })
}
