import { cron } from '../../../packages/scheduler-core/src/schedule/cron.ts'
import { every } from '../../../packages/scheduler-core/src/schedule/every.ts'
import { nextDueAt } from '../../../packages/scheduler-core/src/schedule/next-due.ts'
import { REFUSED, type Row, SAME } from './rows.ts'

/** The first due time after an instant; `null` for none. Throws when the pattern is refused. */
export type Next = (pattern: string, asked: { readonly after: Date; readonly timezone: string }) => Date | null

/** Thrown by a peer that has no time zones. */
export class NoZones extends Error {}

/** How somebody reads the pattern of a row: as it is meant, not at all, or where its due times first differ. */
export function readingOf(row: Row, next: Next): string {
  const wanted = wantedOf(row)
  let found: readonly number[]
  try {
    found = duesOf(row, (after) => next(row.pattern, { after, timezone: row.timezone ?? 'UTC' }))
  } catch (error) {
    return error instanceof NoZones ? 'no zones' : REFUSED
  }
  const first = [...wanted, ...found]
    .sort((a, b) => a - b)
    .find((due) => !(wanted.includes(due) && found.includes(due)))
  if (first === undefined) return SAME
  // Around a change of the clocks, a few due times say more than the first that is different.
  if (row.timezone !== undefined && found.length <= 4) {
    return found.length === 0 ? 'never' : found.map((due) => shown(due, row).replace(/^\d+ \w+ /, '')).join(', ')
  }
  return `${wanted.includes(first) ? 'not' : 'also'} ${shown(first, row)}`
}

/** Our own reading, in the words of the table. */
export const ours: Next = (pattern, { after, timezone }) => {
  const due = nextDueAt(cron(pattern, { timezone }), after.getTime())
  return due === null ? null : new Date(due)
}

function wantedOf(row: Row): readonly number[] {
  const { meant, timezone = 'UTC' } = row
  const schedules =
    typeof meant === 'number' ? [every({ minutes: meant })] : meant.map((pattern) => cron(pattern, { timezone }))
  const all = schedules.flatMap((schedule) =>
    duesOf(row, (after) => {
      const due = nextDueAt(schedule, after.getTime())
      return due === null ? null : new Date(due)
    }),
  )
  return all.sort((a, b) => a - b).slice(0, MAX_DUES)
}

/** So many due times are compared at most. */
const MAX_DUES = 60

function duesOf(
  { from = '2026-01-01T00:00:00Z', to = '2026-04-01T00:00:00Z' }: Row,
  next: (after: Date) => Date | null,
) {
  const dues: number[] = []
  let after = new Date(Date.parse(from) - 1_000)
  while (dues.length < MAX_DUES) {
    const due = next(after)
    if (due === null || due.getTime() >= Date.parse(to)) break
    if (due.getTime() <= after.getTime()) throw new Error('goes back')
    dues.push(due.getTime())
    after = due
  }
  return dues
}

/** In the wall time of the row, with `again` when the clocks have shown it an hour before. */
function shown(due: number, { timezone = 'UTC' }: Row): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })
  const at = format
    .format(due)
    .replace(',', '')
    .replace(/ 0(?=\d:)/, ' ')
  return format.format(due - 3_600_000) === format.format(due) ? `${at} again` : at
}
