import { RUN_FACTS } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { wholeSum } from './bounded-counts.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import type { Span } from './spans.ts'
import { ledgerRowCounters, mergedColumns, summed, tallyColumns } from './tally-columns.ts'

/**
 * Parameters: the scheduler, then two instants per span. One scan per span, with plain parameters as bounds: so the
 * planner can estimate how few rows match, uses the index at any table size, and skips just-in-time compilation. The
 * distributions of the rows at the edges come from `selectEdgeValues`. A bucket is what was folded into it and the
 * deltas of its time.
 */
export function selectRunSums({ runTally, runDelta, settled }: Names, spans: readonly Span[]): string {
  const scans = spans.map(({ source }, index) => {
    const [after, upTo] = [at(`$${2 * index + 2}`), at(`$${2 * index + 3}`)]
    if (source === 'row') {
      return `SELECT ${index} AS span, l.job, ${ledgerRowCounters()}
        FROM ${settled} AS l
        WHERE l.scheduler = $1 AND l.settled_at > ${after} AND l.settled_at <= ${upTo}`
    }
    const within = source === 'lifetime' ? '' : `WHERE t.bucket_start >= ${after} AND t.bucket_start < ${upTo}`
    return `SELECT ${index} AS span, t.job, ${tallyColumns(RUN_FACTS, 't.')}
      FROM ${runTally} AS t
      WHERE t.scheduler = $1 AND t.width = '${source}' AND t.bucket_start >= ${after} AND t.bucket_start < ${upTo}
      UNION ALL SELECT ${index}, t.job, ${tallyColumns(RUN_FACTS, 't.')} FROM delta AS t ${within}`
  })
  return `
    WITH delta AS MATERIALIZED (
      SELECT job, bucket_start, ${mergedColumns(RUN_FACTS, '', wholeSum)}
      FROM ${runDelta} WHERE scheduler = $1 GROUP BY job, bucket_start
    )
    SELECT ${asText({ span: 'span', name: 'job', ...summed(RUN_FACTS) })}
    FROM (${scans.join(' UNION ALL ')}) AS part
    GROUP BY span, job`
}
