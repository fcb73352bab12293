import type { BulkBody, BulkResultView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'
import type { BulkAsked, BulkKind } from './bulk-command.ts'

/** Which jobs are meant; at least one of these is given. */
export type JobFilter = Pick<BulkBody, 'search' | 'tags' | 'owner'>

/** The filter of the list, or `null` where it means all jobs. */
export function toJobFilter({
  q,
  tag,
  owner,
}: {
  readonly q: string
  readonly tag: string
  readonly owner: string
}): JobFilter | null {
  if (q === '' && tag === '' && owner === '') return null
  return {
    ...(q !== '' && { search: q }),
    ...(tag !== '' && { tags: tag.split(',') }),
    ...(owner !== '' && { owner }),
  }
}

export interface FilterAsked extends Omit<BulkAsked, 'jobs'> {
  readonly filter: JobFilter
  /** The `match` of the preview: when others meet the filter now, the server refuses. */
  readonly match: string
}

/** Whom the filter meets, and nothing done. */
export function previewFilter({ admin }: Api, kind: BulkKind, filter: JobFilter): Promise<BulkResultView> {
  return sendTo(admin, kind)({ ...filter, dry_run: true })
}

/** One command for all jobs that a filter meets. */
export function filterCommand({ kind, filter, title, match, until, why }: FilterAsked): Command<BulkResultView> {
  const body = { ...filter, why, expected_match: match, ...(kind === 'pause' && { until }) }
  return {
    title,
    send: ({ admin }, call) => sendTo(admin, kind)(body, call),
    // The server answers once it is done.
    isApplied: () => true,
    follow: (result, _api, tell) => Promise.resolve(tell(toOutcome(result))),
  }
}

function sendTo(admin: Api['admin'], kind: BulkKind): Api['admin']['runJobs'] {
  if (kind === 'pause') return admin.pauseJobs
  return kind === 'resume' ? admin.resumeJobs : admin.runJobs
}

/** What was done, and to whom nothing was done and why. */
export function toOutcome(result: BulkResultView): string {
  const words = strings.jobs.filter
  if (result.dry_run) return ''
  const left = Object.entries(words.left).flatMap(([why, say]) => {
    const count = result.left.filter((one) => one.why === why).length
    return count === 0 ? [] : [say(count)]
  })
  return [words.done(result.jobs.length), ...left].join(', ')
}
