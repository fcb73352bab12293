import type { LedgerEntryView, LedgerPageView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import { beganAt } from '../../../data/began-at.ts'
import type { Span } from '../../../format/span.ts'
import type { FateCounts } from './fates.ts'
import { type LaneHead, type Outcomes, sumOf, toLanes } from './to-lanes.ts'

/** What the whole page shows of a range. */
export interface AuditFacts {
  readonly span: Span
  readonly lanes: readonly LaneHead[]
  readonly counts: FateCounts
  readonly accounted: boolean
  /** False when there are more outcomes than were counted. */
  readonly isComplete: boolean
}

const LIMIT = 200
/** So many pages of one kind are read at most. */
const MOST_PAGES = 5

export async function loadAudit(api: Api, span: Span, nowMs: number): Promise<AuditFacts> {
  const from = iso(span.fromMs)
  // What is to come is no part of the account.
  const to = iso(Math.max(span.fromMs + 1, Math.min(span.toMs, nowMs)))
  const [audit, outcomes, skipped, manual] = await Promise.all([
    api.admin.audit({ from, to }),
    walk((cursor) => api.admin.runs({ ...cursor, limit: LIMIT, from, to, state: OUTCOMES })),
    walk((cursor) => api.admin.runs({ ...cursor, limit: LIMIT, from, to, state: 'skipped' })),
    walkManual(api, span),
  ])
  const all: Outcomes = {
    entries: [...outcomes.entries, ...skipped.entries, ...manual.entries],
    isComplete: outcomes.isComplete && skipped.isComplete && manual.isComplete,
  }
  const lanes = toLanes(audit, all)
  return { span, lanes, counts: sumOf(lanes), accounted: audit.accounted, isComplete: all.isComplete }
}

const OUTCOMES = 'failed,timed_out,orphaned,interrupted,cancelled,queued,running'

/** The runs that somebody began in a span by hand: they have no due time, and so no filter by time. */
export async function walkManual(api: Api, span: Span, job?: string): Promise<Outcomes> {
  const found = await walk(
    (cursor) => api.admin.runs({ ...cursor, limit: LIMIT, trigger: 'manual', ...(job !== undefined && { job }) }),
    (items) => items.some((entry) => beganMs(entry) < span.fromMs),
  )
  const entries = found.entries.filter((entry) => beganMs(entry) >= span.fromMs && beganMs(entry) < span.toMs)
  return { ...found, entries }
}

/** Reads pages until there are no more, until `isEnough`, or until there were too many. */
export async function walk(
  read: (cursor: { readonly cursor?: string }) => Promise<LedgerPageView>,
  isEnough: (items: readonly LedgerEntryView[]) => boolean = () => false,
): Promise<Outcomes> {
  const entries: LedgerEntryView[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: LedgerPageView = await read(cursor === null ? {} : { cursor })
    entries.push(...page.items)
    cursor = page.next_cursor
    if (cursor === null || isEnough(page.items)) return { entries, isComplete: true }
  }
  return { entries, isComplete: false }
}

function beganMs(entry: LedgerEntryView): number {
  return entry.kind === 'run' ? Date.parse(beganAt(entry)) : 0
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
