import { toMs } from '../../../format/instants.ts'

/** What becomes of due times after a command: they run, those before an end do not, or none does. */
export type After =
  | { readonly kind: 'runs' }
  | { readonly kind: 'until'; readonly untilMs: number }
  | { readonly kind: 'never'; readonly as: 'missed' | 'suppressed' }

/** A due time of a job; `null` when it has none. */
export interface DueNext {
  readonly job: string
  readonly at: string | null
}

export interface NextDueRow {
  readonly key: string
  readonly job: string
  readonly at: string
  readonly fate: 'runs' | 'missed' | 'suppressed'
}

/** The jobs that are due first, each once, and what becomes of that due time after a command. */
export function toNextDue(items: readonly DueNext[], after: After): readonly NextDueRow[] {
  const sorted = items
    .flatMap(({ job, at }) => (at === null ? [] : [{ key: job, job, at }]))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const first = new Map(sorted.toReversed().map((row) => [row.job, row]))
  return sorted
    .filter((row) => first.get(row.job) === row)
    .slice(0, MOST)
    .map((row) => ({ ...row, fate: fateOf(row.at, after) }))
}

const MOST = 3

function fateOf(at: string, after: After): NextDueRow['fate'] {
  if (after.kind === 'never') return after.as
  if (after.kind === 'until') return (toMs(at) ?? 0) < after.untilMs ? 'suppressed' : 'runs'
  return 'runs'
}
