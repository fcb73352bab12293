import { CALL_FACTS, RUN_FACTS, type SeriesQuery, seriesBucketWidth } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { summed, tallyColumns } from './tally-columns.ts'

/**
 * Parameters: the scheduler, the start and end of the series, its step, and the job or provider or null. Scans the
 * buckets of the range once, for any number of points. A step in which nothing happened has no row.
 */
export function sumSeries(names: Names, query: SeriesQuery): string {
  const [table, key, facts] =
    query.of === 'run' ? [names.runTally, 'job', RUN_FACTS] : [names.callTally, 'provider', CALL_FACTS]
  return `
    SELECT ${asText({ point: 'point', ...summed(facts) })}
    FROM (
      SELECT floor(extract(epoch FROM t.bucket_start - ${at('$2')}) * 1000 / $4::bigint)::int AS point,
        ${tallyColumns(facts, 't.')}
      FROM ${table} AS t
      WHERE t.scheduler = $1 AND t.width = '${seriesBucketWidth(query)}' AND t.bucket_start >= ${at('$2')}
        AND t.bucket_start < ${at('$3')} AND ($5::text IS NULL OR t.${key} = $5)
    ) AS bucket
    GROUP BY point`
}
