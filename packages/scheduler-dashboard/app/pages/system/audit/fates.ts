import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

/** What became of a due time or of a run, worst first. */
export const FATES = [
  'unexplained',
  'failed',
  'orphaned',
  'interrupted',
  'missed',
  'skipped',
  'excluded',
  'suppressed',
  'cancelled',
  'running',
  'queued',
  'pending',
  'caughtUp',
  'manual',
  'ran',
  'coming',
] as const

export type Fate = (typeof FATES)[number]

/** How many of each fate. */
export type FateCounts = Readonly<Partial<Record<Fate, number>>>

/** What an operator should look at. */
const PROBLEMS: ReadonlySet<Fate> = new Set(['unexplained', 'failed', 'orphaned', 'interrupted', 'missed'])

export function isProblem(fate: Fate): boolean {
  return PROBLEMS.has(fate)
}

/** A failure is told as one, whatever asked for the run. */
export function fateOf(entry: LedgerEntryView): Fate {
  if (entry.kind === 'unrun') {
    if (entry.state === 'skipped') return entry.reason === 'excluded' ? 'excluded' : 'skipped'
    return entry.state
  }
  switch (entry.state) {
    case 'queued':
    case 'running':
    case 'orphaned':
    case 'interrupted':
    case 'cancelled':
      return entry.state
    case 'failed':
    case 'timed_out':
      return 'failed'
    case 'succeeded':
      if (entry.trigger === 'schedule') return 'ran'
      return entry.trigger === 'manual' ? 'manual' : 'caughtUp'
  }
}

export function worstOf(counts: FateCounts): Fate {
  return FATES.find((fate) => (counts[fate] ?? 0) > 0) ?? 'coming'
}

export function totalOf(counts: FateCounts): number {
  return FATES.reduce((sum, fate) => sum + (counts[fate] ?? 0), 0)
}

export function addCounts(one: FateCounts, other: FateCounts): FateCounts {
  return Object.fromEntries(
    FATES.flatMap((fate) => {
      const sum = (one[fate] ?? 0) + (other[fate] ?? 0)
      return sum > 0 ? [[fate, sum]] : []
    }),
  )
}
