import { CALL_FACTS, RUN_COUNTERS, RUN_MEASURES } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { numberOfJson } from './histogram-number.ts'
import type { Names } from './names.ts'
import { columns, histogramOf, LEDGER_ROW_COUNTERS, tallyShape } from './tally-columns.ts'
import { boundsOf } from './window-bounds.ts'

/** The rows at the edges of these windows, with what each adds to the counters, what it measured and its calls. */
export function selectEdges({ settled }: Names, windows: readonly number[]): string {
  const counters = RUN_COUNTERS.map((counter) => `${LEDGER_ROW_COUNTERS[counter]} AS ${counter}`).join(', ')
  const measured = columns(RUN_MEASURES, (measure) => `l.${measure} AS ${valueColumn(measure)}`)
  const rows = (span: number, condition: string) =>
    `SELECT ${span} AS span, l.job, l.kind, l.calls, ${measured}, ${counters}
      FROM ${settled} AS l WHERE l.scheduler = $1 AND ${condition}`
  const edges = windows.flatMap((window) =>
    (['head', 'tail'] as const).map((part) => {
      const [after, upTo] = boundsOf(window, part)
      return rows(window + 1, `l.settled_at > ${after} AND l.settled_at <= ${upTo}`)
    }),
  )
  return edges.length > 0 ? edges.join(' UNION ALL ') : rows(0, 'false')
}

/** What the runs at the edges of a window add to the counters of jobs; their distributions come from `selectEdgeValues`. */
export function runsOfEdges(): string {
  const nothing = columns(RUN_MEASURES, () => 'NULL::bigint, NULL::numeric')
  return `SELECT e.span, e.job, ${columns(RUN_COUNTERS, (counter) => `e.${counter}`)}, ${nothing} FROM edge AS e`
}

/** What they add to the counters of providers. */
export function callsOfEdges(): string {
  return `SELECT e.span, t.provider, NULL::timestamptz, ${STORED_TALLY}
    FROM edge AS e, jsonb_to_recordset(e.calls) AS t (${CALL_RECORD}) WHERE e.calls IS NOT NULL`
}

/**
 * The measured values of the runs at the edges of windows, each distinct value with its count. The caller sorts the values
 * into histogram buckets, whose limits are defined in core only.
 */
export function selectEdgeValues(): string {
  const values = RUN_MEASURES.map(valueColumn)
  const measure = RUN_MEASURES.map((each) => `WHEN grouping(${valueColumn(each)}) = 0 THEN '${each}'`).join(' ')
  const value = `coalesce(${values.join(', ')})`
  return `
    SELECT ${asText({ span: 'span', name: 'job', measure: `CASE ${measure} END`, value, times: 'count(*)' })}
    FROM edge WHERE kind = 'run'
    GROUP BY GROUPING SETS (${values.map((each) => `(span, job, ${each})`).join(', ')})
    HAVING ${value} IS NOT NULL
    ORDER BY ${value}`
}

/** The column of a measured value, beside the counter of its sum. */
function valueColumn(measure: string): string {
  return `${measure}_value`
}

const HISTOGRAMS: ReadonlySet<string> = new Set(CALL_FACTS.measures.map(histogramOf))

/** The calls of a run to one provider, as they are stored with the run. */
const CALL_RECORD = Object.entries({ provider: 'text', ...tallyShape(CALL_FACTS) })
  .map(([column, type]) => `${column} ${HISTOGRAMS.has(column) ? 'jsonb' : type}`)
  .join(', ')

/** Its columns as those of a tally. */
const STORED_TALLY = columns(Object.keys(tallyShape(CALL_FACTS)), (column) =>
  HISTOGRAMS.has(column) ? numberOfJson(`t.${column}`) : `t.${column}`,
)
