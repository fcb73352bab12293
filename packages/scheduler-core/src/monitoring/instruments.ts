import * as z from 'zod'
import { lazily } from '../lazily.ts'

import type { MetricDefinition, QuotientMetric } from '../metrics/definition.ts'
import { type MetricId, metricsWith, type NamedMetric } from '../metrics/metrics.ts'
import type { Listed, MetricSubject } from '../metrics/subjects.ts'
import { type Declared, NOTHING_DECLARED } from '../ports/declared.ts'
import type { ProviderCondition } from '../ports/providers.ts'
import type { MetricUnit } from '../reading/units.ts'
import type { CallCounter, RunCounter } from '../run/counters.ts'
import { FACT_IDS, FACTS, type Fact, type FactId } from '../view/facts.ts'

/**
 * The metrics and facts that monitoring systems take. These systems compute rates, ratios and means from sums, so
 * quotients are left out, and measures are given as histograms. A fact is an instrument when it is one of a few words.
 */
export type Instrument =
  | (Published & { readonly kind: 'counter' | 'gauge'; readonly metric: MetricDefinition })
  | (Published & {
      readonly kind: 'states'
      readonly states: readonly string[]
      readonly source: MetricDefinition | Fact
    })
  | HistogramInstrument

export interface HistogramInstrument extends Published {
  readonly kind: 'histogram'
  /** The mean of the measure: its sum, and its count. */
  readonly metric: QuotientMetric<'run', RunCounter> | QuotientMetric<'call', CallCounter>
}

interface Published {
  readonly id: string
  readonly title: string
  readonly help: string
  readonly unit: MetricUnit
  /** The subject with one series each; `null` for one series per scheduler. */
  readonly per: Extract<Listed, 'job' | 'provider'> | null
}

/** The ids of the instruments that every scheduler has. */
export type InstrumentId = MetricId | FactId

/**
 * The subjects that have instruments. Not the process, whose runtime has instruments of its own. Not feeds or
 * instances: a series for every feed or every start would be too many.
 */
const PER: { readonly [S in MetricSubject | 'custom']?: Published['per'] } = {
  run: 'job',
  job: 'job',
  call: 'provider',
  provider: 'provider',
  scheduler: null,
  feeds: null,
  counts: null,
  sessions: null,
  store: null,
  snapshot: null,
}

/** Every instrument of a scheduler whose sources declare this, in the order of the tables. */
export function instrumentsWith(declared: Declared): readonly Instrument[] {
  return [
    ...FACT_IDS.flatMap((id) => ofFact(id, FACTS[id]) ?? []),
    ...metricsWith(declared).flatMap((named) => ofMetric(named) ?? []),
  ]
}

/** The instruments that every scheduler has. */
export const standardInstruments = lazily(() => instrumentsWith(NOTHING_DECLARED))

/** Every instrument of several schedulers together. What several of them declare counts once. */
export function instrumentsOf(schedulers: readonly Declared[]): readonly Instrument[] {
  const words = schedulers.flatMap(({ feedWords }) => feedWords)
  const conditions = Map.groupBy(
    schedulers.flatMap(({ providerConditions }) => providerConditions),
    ({ name }) => name,
  )
  return instrumentsWith({
    feedWords: [...new Map(words.map((word) => [word.word, word])).values()],
    providerConditions: [...conditions.values()].flatMap(asOne),
  })
}

/** A condition with the states that any of the schedulers has for it, since each scheduler publishes its own. */
function asOne(same: readonly ProviderCondition[]): readonly ProviderCondition[] {
  const states = [...new Set(same.flatMap((condition) => condition.states))]
  return same.slice(0, 1).map((condition) => ({ ...condition, states }))
}

function ofFact(id: FactId, fact: Fact): Instrument | null {
  const per = PER[fact.of]
  if (per === undefined) return null
  const schema = fact.schema()
  if (!(schema instanceof z.ZodEnum)) return null
  const states = schema.options.map(String)
  return {
    id,
    title: id.replaceAll('_', ' '),
    help: fact.help,
    unit: 'state',
    per,
    kind: 'states',
    states,
    source: fact,
  }
}

function ofMetric({ id, metric }: NamedMetric): Instrument | null {
  const per = PER[metric.of]
  if (per === undefined) return null
  const published = { id, title: metric.title, help: metric.help, unit: metric.unit, per }
  switch (metric.statistic) {
    case 'sum':
      return { ...published, kind: 'counter', metric }
    case 'mean':
      return { ...published, kind: 'histogram', metric }
    case 'value':
      if ('states' in metric) return { ...published, kind: 'states', states: metric.states, source: metric }
      return { ...published, kind: metric.kind === 'counter' ? 'counter' : 'gauge', metric }
    default:
      return null
  }
}
