import { CALL_FACTS, RUN_FACTS, type SeriesQuery, seriesBucketWidth } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { summed, tallyColumns } from './tally-columns.ts'

/**
 * Parameters: the scheduler, the start and end of the series, its step, the job or provider or null, and several of them
 * or null. Scans the buckets of the range once, for any number of points. A step in which nothing happened has no row.
 */
export function sumSeries(names: Names, query: SeriesQuery): string {
  const [table, deltas, key, facts] =
    query.of === 'run'
      ? [names.runTally, names.runDelta, 'job', RUN_FACTS]
      : [names.callTally, names.callDelta, 'provider', CALL_FACTS]
  const part = (source: string, condition: string) => `
      SELECT floor(extract(epoch FROM t.bucket_start - ${at('$2')}) * 1000 / $4::bigint)::int AS point,
        ${tallyColumns(facts, 't.')}
      FROM ${source} AS t
      WHERE t.scheduler = $1 AND ${condition} AND t.bucket_start >= ${at('$2')}
        AND t.bucket_start < ${at('$3')} AND ($5::text IS NULL OR t.${key} = $5)
        AND ($6::text[] IS NULL OR t.${key} = ANY ($6))`
  return `
    SELECT ${asText({ point: 'point', ...summed(facts) })}
    FROM (${part(table, `t.width = '${seriesBucketWidth(query)}'`)}
      UNION ALL ${part(deltas, 'true')}
    ) AS bucket
    GROUP BY point`
}
