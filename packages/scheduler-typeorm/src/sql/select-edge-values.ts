import { RUN_MEASURES } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import type { Edge } from './spans.ts'

/**
 * The measured values of the rows at the edges of windows, each distinct value with its count. Parameters: the
 * scheduler, then two instants per edge. The caller sorts the values into histogram buckets, whose limits are defined
 * in core only.
 */
export function selectEdgeValues({ settled }: Names, edges: readonly Edge[]): string {
  const scans = edges.map(({ position }, index) => {
    const [after, upTo] = [at(`$${2 * index + 2}`), at(`$${2 * index + 3}`)]
    return `SELECT ${position} AS span, l.job, ${RUN_MEASURES.map((measure) => `l.${measure}`).join(', ')}
      FROM ${settled} AS l
      WHERE l.scheduler = $1 AND l.kind = 'run' AND l.settled_at > ${after} AND l.settled_at <= ${upTo}`
  })
  const measure = RUN_MEASURES.map((each) => `WHEN grouping(${each}) = 0 THEN '${each}'`).join(' ')
  const value = `coalesce(${RUN_MEASURES.join(', ')})`
  return `
    SELECT ${asText({ span: 'span', name: 'job', measure: `CASE ${measure} END`, value, times: 'count(*)' })}
    FROM (${scans.join(' UNION ALL ')}) AS edge
    GROUP BY GROUPING SETS (${RUN_MEASURES.map((each) => `(span, job, ${each})`).join(', ')})
    HAVING ${value} IS NOT NULL
    ORDER BY ${value}`
}
