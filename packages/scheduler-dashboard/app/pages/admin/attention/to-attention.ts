import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { stateOfJob } from '../../../ui/state-of.ts'
import type { Member } from '../use-fleet.ts'

type Item = AdminStatusV2['attention']['items'][number]
export type Condition = Item['conditions'][number]

/** A job that needs attention, of whichever scheduler. */
export interface AttentionRow {
  /** Unique over all schedulers. */
  readonly id: string
  readonly scheduler: string
  readonly schedulerName: string
  readonly job: string
  readonly state: StateName
  /** The worst condition, which decides what is told first. */
  readonly worst: Condition
  /** Every condition in words, worst first. */
  readonly words: readonly string[]
  readonly isPaused: boolean
  readonly failures: number
  readonly item: Item
}

const WORST_FIRST: readonly Condition[] = ['failing', 'overdue', 'no_worker', 'running_long', 'paused']

type Seen = Pick<Member, 'key' | 'name'> & { readonly live: Pick<Member['live'], 'status'> }

/** The jobs of all schedulers that need attention, by the API's own order: worst first. */
export function toAttention(members: readonly Seen[]): {
  readonly rows: readonly AttentionRow[]
  /** How many there are, shown or not. */
  readonly total: number
} {
  const rows = members.flatMap((member) => member.live.status?.attention.items.map((item) => toRow(member, item)) ?? [])
  const total = members.reduce((sum, { live }) => sum + (live.status?.attention.total ?? 0), 0)
  return { rows: rows.sort(byBadness), total }
}

function toRow({ key, name }: Seen, item: Item): AttentionRow {
  const [worst = 'paused'] = item.conditions
  return {
    id: `${key} ${item.name}`,
    scheduler: key,
    schedulerName: name,
    job: item.name,
    state: stateOfJob(item.conditions),
    worst,
    words: item.conditions.map((condition) => wordsOf(condition, item)),
    isPaused: item.conditions.includes('paused'),
    failures: item.consecutive_failures,
    item,
  }
}

function wordsOf(condition: Condition, { consecutive_failures, overdue_seconds, queued_runs }: Item): string {
  const words = strings.admin.attention.conditions
  if (condition === 'failing') return words.failing(consecutive_failures)
  if (condition === 'overdue') return words.overdue(formatDuration(overdue_seconds * 1_000))
  if (condition === 'no_worker') return words.no_worker(queued_runs)
  return words[condition]
}

function byBadness(a: AttentionRow, b: AttentionRow): number {
  const rank = WORST_FIRST.indexOf(a.worst) - WORST_FIRST.indexOf(b.worst)
  return b.failures - a.failures || rank || (a.job < b.job ? -1 : a.job > b.job ? 1 : 0)
}
