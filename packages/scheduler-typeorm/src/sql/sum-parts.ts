import { MAX_COUNT, type TallyFacts } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { packedHistogram } from './histogram-number.ts'
import { ms } from './instants.ts'
import { columns, histogramOf, maxOf, tallyColumns } from './tally-columns.ts'

/** Where the counters of one kind are. */
export interface Tallied {
  readonly tally: string
  /** What was not folded yet. */
  readonly delta: string
  readonly key: 'job' | 'provider'
  readonly facts: TallyFacts<string, string>
}

/** A query of the counters of a span: its number, whose they are, and `columnsOf`. */
export type Source = string

/** The columns of counters. Only calls say when the last one succeeded. */
export function columnsOf({ key, facts }: Pick<Tallied, 'key' | 'facts'>, prefix: string): string {
  return `${key === 'provider' ? `${prefix}last_success_at, ` : ''}${tallyColumns(facts, prefix)}`
}

/** The buckets of one width that begin in `[after, upTo)`. */
export function bucketsOf(
  tallied: Tallied,
  span: number,
  { width, within: [after, upTo] }: { readonly width: string; readonly within: readonly [string, string] },
): Source {
  return `SELECT ${span} AS span, t.${tallied.key} AS name, ${columnsOf(tallied, 't.')} FROM ${tallied.tally} AS t
    WHERE t.scheduler = $1 AND t.width = '${width}' AND t.bucket_start >= ${after} AND t.bucket_start < ${upTo}`
}

/** The deltas of the minutes that begin in `[after, upTo)`, or all of them. */
export function deltasOf(tallied: Tallied, span: number, within?: readonly [string, string]): Source {
  const condition = within ? ` WHERE t.bucket_start >= ${within[0]} AND t.bucket_start < ${within[1]}` : ''
  return `SELECT ${span}, t.${tallied.key}, ${columnsOf(tallied, 't.')} FROM ${tallied.delta} AS t${condition}`
}

/**
 * The sums of sources by their span, and by job or provider, as `toTallyOf` reads them. A count stops at `MAX_COUNT`. Where a
 * hand has made one NULL, negative or greater, the first one is NULL, so that it is read as corrupt: the bits of all counts
 * together tell, which costs less than a look at each.
 */
export function sumOfSources({ key, facts }: Tallied, sources: readonly Source[]): string {
  const { counters, measures } = facts
  const [first = ''] = counters
  const bits = counters.map((counter) => `t.${counter}`).join(' | ')
  const stopping = (counter: string) => `least(${counter}, ${MAX_COUNT})`
  const shown = {
    ...(key === 'provider' && { last_success_at: ms('last_success_at') }),
    ...byName(counters, stopping),
    [first]: `CASE WHEN bits BETWEEN 0 AND ${MAX_COUNT} THEN ${stopping(first)} END`,
    ...byName(measures.map(maxOf), (max) => max),
    ...byName(measures.map(histogramOf), (histogram) => packedHistogram(`coalesce(${histogram}, 0)`)),
  }
  return `
    SELECT ${asText({ span: 'span', name: 'name', ...shown })}
    FROM (
      SELECT span, name, ${key === 'provider' ? 'max(t.last_success_at) AS last_success_at, ' : ''}
        bit_or(coalesce(${bits}, -1)) AS bits,
        ${columns(counters, (counter) => `sum(t.${counter}) AS ${counter}`)},
        ${columns(measures.map(maxOf), (max) => `max(t.${max}) AS ${max}`)},
        ${columns(measures.map(histogramOf), (histogram) => `sum(t.${histogram}) AS ${histogram}`)}
      FROM (${sources.join(' UNION ALL ')}) AS t
      GROUP BY span, name
    ) AS summed`
}

function byName(names: readonly string[], write: (name: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, write(name)]))
}
