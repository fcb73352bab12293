import { CALL_FACTS } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { wholeSum } from './bounded-counts.ts'
import { numberOfJson } from './histogram-number.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'
import type { Span } from './spans.ts'
import { columns, histogramOf, mergedColumns, summed, tallyColumns, tallyShape } from './tally-columns.ts'

/** Parameters and shape as in `sumRuns`. */
export function sumCalls({ callTally, callDelta, settled }: Names, spans: readonly Span[]): string {
  const tally = tallyColumns(CALL_FACTS, 't.')
  const last_success_at = ms('max(last_success_at)')
  const scans = spans.map(({ source }, index) => {
    const [after, upTo] = [at(`$${2 * index + 2}`), at(`$${2 * index + 3}`)]
    if (source === 'row') {
      return `SELECT ${index} AS span, t.provider, NULL::timestamptz AS last_success_at, ${STORED_TALLY}
        FROM ${settled} AS l, jsonb_to_recordset(l.calls) AS t (${CALL_RECORD})
        WHERE l.scheduler = $1 AND l.settled_at > ${after} AND l.settled_at <= ${upTo} AND l.calls IS NOT NULL`
    }
    const within = source === 'lifetime' ? '' : `WHERE t.bucket_start >= ${after} AND t.bucket_start < ${upTo}`
    return `SELECT ${index} AS span, t.provider, t.last_success_at, ${tally}
      FROM ${callTally} AS t
      WHERE t.scheduler = $1 AND t.width = '${source}' AND t.bucket_start >= ${after} AND t.bucket_start < ${upTo}
      UNION ALL SELECT ${index}, t.provider, t.last_success_at, ${tally} FROM delta AS t ${within}`
  })
  return `
    WITH delta AS MATERIALIZED (
      SELECT provider, bucket_start, max(last_success_at) AS last_success_at, ${mergedColumns(CALL_FACTS, '', wholeSum)}
      FROM ${callDelta} WHERE scheduler = $1 GROUP BY provider, bucket_start
    )
    SELECT ${asText({ span: 'span', name: 'provider', last_success_at, ...summed(CALL_FACTS) })}
    FROM (${scans.join(' UNION ALL ')}) AS part
    GROUP BY span, provider`
}

const HISTOGRAMS: ReadonlySet<string> = new Set(CALL_FACTS.measures.map(histogramOf))

/** The calls of a run to one provider, as they are stored with the run. */
const CALL_RECORD = Object.entries({ provider: 'text', ...tallyShape(CALL_FACTS) })
  .map(([column, type]) => `${column} ${HISTOGRAMS.has(column) ? 'jsonb' : type}`)
  .join(', ')

/** Its columns as those of a tally. */
const STORED_TALLY = columns(Object.keys(tallyShape(CALL_FACTS)), (column) =>
  HISTOGRAMS.has(column) ? `${numberOfJson(`t.${column}`)} AS ${column}` : `t.${column}`,
)
