import { asText, own } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

export type DefinitionFilter = 'job' | 'changedAfter' | 'endedFrom'

/**
 * Parameters: the scheduler, then one per filter in the order given. Without a filter of time, the last one of each job.
 */
export function selectDefinitions({ definition }: Names, filters: readonly DefinitionFilter[]): string {
  const conditions = filters.map((filter, index) => CONDITIONS[filter](`$${index + 2}`))
  const isLast = `NOT EXISTS (
      SELECT FROM ${definition} AS l WHERE l.scheduler = $1 AND l.job = d.job AND l.began > d.began
    )`
  const span = filters.includes('changedAfter') || filters.includes('endedFrom') ? [] : [isLast]
  return `
    SELECT ${SPAN_COLUMNS}, ${asText({ definition: 'd.definition' })}
    FROM ${definition} AS d
    WHERE ${['d.scheduler = $1', ...conditions, ...span].join(' AND ')}
    ORDER BY d.job, d.began`
}

const CONDITIONS: Readonly<Record<DefinitionFilter, (parameter: string) => string>> = {
  job: (parameter) => `d.job = ${parameter}`,
  changedAfter: (parameter) => `d.version > ${parameter}::bigint`,
  endedFrom: (parameter) => `(d.until_at IS NULL OR d.until_at >= ${at(parameter)})`,
}

/** The columns of a definition `d` that readers expect, beside the definition itself. */
export const SPAN_COLUMNS = asText({
  ...own('d', ['job', 'key', 'digest']),
  since: ms('d.since_at'),
  until: ms('d.until_at'),
})
