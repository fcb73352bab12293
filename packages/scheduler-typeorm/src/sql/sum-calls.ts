import { CALL_FACTS } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'
import type { Span } from './spans.ts'
import { summed, tallyColumns } from './tally-columns.ts'

/** Parameters and shape as in `sumRuns`. */
export function sumCalls({ callTally, runCall }: Names, spans: readonly Span[]): string {
  const tally = tallyColumns(CALL_FACTS, 't.')
  const last_success_at = ms('max(last_success_at)')
  const scans = spans.map(({ source }, index) => {
    const [after, upTo] = [at(`$${2 * index + 2}`), at(`$${2 * index + 3}`)]
    if (source === 'row') {
      return `SELECT ${index} AS span, t.provider, NULL::timestamptz AS last_success_at, ${tally}
        FROM ${runCall} AS t
        WHERE t.scheduler = $1 AND t.settled_at > ${after} AND t.settled_at <= ${upTo}`
    }
    return `SELECT ${index} AS span, t.provider, t.last_success_at, ${tally}
      FROM ${callTally} AS t
      WHERE t.scheduler = $1 AND t.width = '${source}' AND t.bucket_start >= ${after} AND t.bucket_start < ${upTo}`
  })
  return `
    SELECT ${asText({ span: 'span', name: 'provider', last_success_at, ...summed(CALL_FACTS) })}
    FROM (${scans.join(' UNION ALL ')}) AS part
    GROUP BY span, provider`
}
