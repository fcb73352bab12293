import { toMs } from '../../../format/instants.ts'

/** What becomes of due times after a command: they run, those before an end do not, or none does. */
export type After =
  | { readonly kind: 'runs' }
  | { readonly kind: 'until'; readonly untilMs: number }
  | { readonly kind: 'never'; readonly as: 'missed' | 'suppressed' }

export interface NextDueRow {
  readonly key: string
  readonly job: string
  readonly at: string
  readonly fate: 'runs' | 'missed' | 'suppressed'
}

/** The first due times and what becomes of each after a command. */
export function toNextDue(
  items: readonly { readonly job: string; readonly at: string | null }[],
  after: After,
): readonly NextDueRow[] {
  return items
    .flatMap(({ job, at }) => (at === null ? [] : [{ key: `${job} ${at}`, job, at }]))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(0, MOST)
    .map((row) => ({ ...row, fate: fateOf(row.at, after) }))
}

const MOST = 3

function fateOf(at: string, after: After): NextDueRow['fate'] {
  if (after.kind === 'never') return after.as
  if (after.kind === 'until') return (toMs(at) ?? 0) < after.untilMs ? 'suppressed' : 'runs'
  return 'runs'
}
