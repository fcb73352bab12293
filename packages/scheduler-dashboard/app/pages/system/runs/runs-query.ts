import type { RunsQueryParams } from '@pm/scheduler-core/contract/v2'

import { parseDuration } from '../../../format/durations.ts'
import { toMs } from '../../../format/instants.ts'
import type { Search } from '../../../search/tokens.ts'
import { strings } from '../../../strings/index.ts'

export const RUN_STATES = [
  'queued',
  'running',
  'failed',
  'timed_out',
  'orphaned',
  'interrupted',
  'cancelled',
  'skipped',
  'missed',
  'suppressed',
  'succeeded',
] as const
export type RunStateFilter = (typeof RUN_STATES)[number]

/** What one can search runs by. */
export const RUN_KEYS = {
  job: 'text',
  state: RUN_STATES,
  trigger: ['schedule', 'manual', 'backfill', 'rerun'],
  instance: 'text',
  from: 'text',
  to: 'text',
  since: 'since',
} as const

export type RunSearch = Search<typeof RUN_KEYS>

/** The query for the API, or what is wrong with it. Words without a key are the name of a job. */
export function toRunsQuery(
  { values, text }: RunSearch,
  nowMs: number,
): { readonly query: RunsQueryParams; readonly problem: string | null } {
  const { since, from, to, job, ...same } = values
  const sinceMs = since === undefined ? null : parseDuration(since)
  const bad = (['from', 'to'] as const).find((key) => values[key] !== undefined && toMs(values[key]) === null)
  if (bad !== undefined) return { query: {}, problem: strings.runs.badInstant(bad) }
  const name = job ?? (text === '' ? undefined : text)
  return {
    query: {
      ...same,
      ...(name !== undefined && { job: name }),
      ...(sinceMs !== null && { from: new Date(Math.floor((nowMs - sinceMs) / 60_000) * 60_000).toISOString() }),
      ...(from !== undefined && { from: toInstant(from) }),
      ...(to !== undefined && { to: toInstant(to) }),
    },
    problem: null,
  }
}

/** A moment as people write it, such as a day, in the form of the API. */
function toInstant(given: string): string {
  return new Date(Date.parse(given)).toISOString()
}

export function statesOf({ values }: RunSearch): readonly RunStateFilter[] {
  return RUN_STATES.filter((state) => (values.state ?? '').split(',').includes(state))
}
