import { z } from 'zod'

import type { MetricDefinition, QuotientMetric } from '../metrics/definition.ts'
import { type MetricId, metricsWith, type NamedMetric } from '../metrics/metrics.ts'
import type { Listed, MetricSubject } from '../metrics/subjects.ts'
import type { FeedWord } from '../ports/feeds.ts'
import type { MetricUnit } from '../reading/units.ts'
import type { CallCounter, RunCounter } from '../run/counters.ts'
import { FACT_IDS, FACTS, type Fact, type FactId } from '../view/facts.ts'

/**
 * What monitoring systems take of the tables of metrics and facts. They compute rates, ratios and means themselves, out
 * of sums: what the table divides is left out, and what it measures is given as a histogram. Of the facts, those are
 * instruments that are one of a few words.
 */
export type Instrument =
  | (Told & { readonly kind: 'counter' | 'gauge'; readonly metric: MetricDefinition })
  | (Told & { readonly kind: 'states'; readonly states: readonly string[]; readonly told: MetricDefinition | Fact })
  | HistogramInstrument

export interface HistogramInstrument extends Told {
  readonly kind: 'histogram'
  /** The mean of what is measured: its sum, and how many there are. */
  readonly metric: QuotientMetric<'run', RunCounter> | QuotientMetric<'call', CallCounter>
}

interface Told {
  readonly id: string
  readonly title: string
  readonly help: string
  readonly unit: MetricUnit
  /** What there is one series of; `null` for one per scheduler. */
  readonly per: Extract<Listed, 'job' | 'provider'> | null
}

/** The ids of the instruments that every scheduler has. */
export type InstrumentId = MetricId | FactId

/**
 * The subjects that instruments are of. Not the process, whose runtime has instruments of its own, nor what has a name
 * for every feed or every start: a series of each would be too many.
 */
const PER: { readonly [S in MetricSubject | 'custom']?: Told['per'] } = {
  run: 'job',
  job: 'job',
  call: 'provider',
  provider: 'provider',
  scheduler: null,
  feeds: null,
  sessions: null,
  store: null,
  snapshot: null,
}

/** Every instrument of a scheduler whose feeds have these words, in the order of the tables. */
export function instrumentsWith(words: readonly FeedWord[]): readonly Instrument[] {
  return [
    ...FACT_IDS.flatMap((id) => ofFact(id, FACTS[id]) ?? []),
    ...metricsWith(words).flatMap((named) => ofMetric(named) ?? []),
  ]
}

/** The instruments that every scheduler has. */
export const INSTRUMENTS = instrumentsWith([])

/** Every instrument of several schedulers together: a word that several declare counts once. */
export function instrumentsOf(
  schedulers: readonly { readonly feedWords: readonly FeedWord[] }[],
): readonly Instrument[] {
  const byWord = new Map(schedulers.flatMap(({ feedWords }) => feedWords.map((word) => [word.word, word] as const)))
  return instrumentsWith([...byWord.values()])
}

function ofFact(id: FactId, fact: Fact): Instrument | null {
  const per = PER[fact.of]
  if (per === undefined || !(fact.schema instanceof z.ZodEnum)) return null
  const states = fact.schema.options.map(String)
  return { id, title: id.replaceAll('_', ' '), help: fact.help, unit: 'state', per, kind: 'states', states, told: fact }
}

function ofMetric({ id, metric }: NamedMetric): Instrument | null {
  const per = PER[metric.of]
  if (per === undefined) return null
  const told = { id, title: metric.title, help: metric.help, unit: metric.unit, per }
  switch (metric.statistic) {
    case 'sum':
      return { ...told, kind: 'counter', metric }
    case 'mean':
      return { ...told, kind: 'histogram', metric }
    case 'value':
      if ('states' in metric) return { ...told, kind: 'states', states: metric.states, told: metric }
      return { ...told, kind: metric.kind === 'counter' ? 'counter' : 'gauge', metric }
    default:
      return null
  }
}
