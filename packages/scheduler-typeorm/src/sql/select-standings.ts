import { asText } from './as-text.ts'
import { HOLDING_SHAPE } from './define.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { SPAN_COLUMNS } from './select-definitions.ts'

/**
 * Parameters: the scheduler, the instance that asks, now, and what it has. Returns the jobs that it has, and with `all`
 * also those with a definition in effect that is of no template. Leaves out the text of a definition that it has itself.
 * The last definitions of the few jobs that have ended come from one join. If each job looked up its own, the planner
 * would deem the query so costly that it compiles it, which takes longer than running it.
 */
export function selectStandings({ job, definition, holding, instance }: Names, which: 'held' | 'all'): string {
  const isWanted =
    which === 'held' ? '' : `AND (m.job IS NOT NULL OR (d.job IS NOT NULL AND d.definition -> 'template' IS NULL))`
  return `
    WITH mine AS (SELECT * FROM ${rowset(HOLDING_SHAPE, 'm', 4)}),
    holder AS (
      SELECT h.job, h.key, h.digest, i.last_seen_at,
        i.last_seen_at + i.lease_ms * interval '1 millisecond' >= ${at('$3')} AS is_live
      FROM ${holding} AS h JOIN ${instance} AS i USING (scheduler, instance)
      WHERE h.scheduler = $1 AND h.instance <> $2
    ),
    held AS (
      SELECT h.job, bool_or(h.is_live) AS is_held,
        bool_or(h.is_live AND h.key = d.key AND h.digest = d.digest) AS is_present_held,
        max(h.last_seen_at) FILTER (WHERE NOT h.is_live) AS last_held_at
      FROM holder AS h
      LEFT JOIN ${definition} AS d ON d.scheduler = $1 AND d.job = h.job AND d.until_at IS NULL
      GROUP BY h.job
    ),
    ended AS (
      SELECT DISTINCT ON (e.job) e.job, e.definition
      FROM mine JOIN ${job} AS r ON r.scheduler = $1 AND r.job = mine.job AND r.retired_at IS NOT NULL
      JOIN ${definition} AS e ON e.scheduler = $1 AND e.job = r.job
      ORDER BY e.job, e.began DESC
    )
    SELECT ${SPAN_COLUMNS}, ${COLUMNS}
    FROM ${job} AS j
    ${which === 'held' ? '' : 'LEFT '}JOIN mine AS m ON m.job = j.job
    LEFT JOIN ${definition} AS d ON d.scheduler = $1 AND d.job = j.job AND d.until_at IS NULL
    LEFT JOIN held ON held.job = j.job
    LEFT JOIN ended AS l ON l.job = j.job
    WHERE j.scheduler = $1 ${isWanted}
    ORDER BY j.job`
}

const COLUMNS = asText({
  name: 'j.job',
  ended_at: ms('j.retired_at'),
  definition: `CASE WHEN d.digest IS DISTINCT FROM m.digest THEN d.definition END`,
  last: 'l.definition',
  is_held: 'coalesce(held.is_held, false)',
  is_present_held: 'coalesce(held.is_present_held, false)',
  last_held_at: ms('held.last_held_at'),
  cursor: ms('j.cursor_at'),
})

/** Parameters: the scheduler, and jobs with keys. Returns the jobs that ever had a definition with that key. */
export function selectKnownKeys({ definition }: Names): string {
  return `
    SELECT DISTINCT ${asText({ job: 'm.job' })}
    FROM ${rowset(HOLDING_SHAPE, 'm', 2)}
    JOIN ${definition} AS d ON d.scheduler = $1 AND d.job = ANY ($2::text[]) AND d.job = m.job AND d.key = m.key`
}
