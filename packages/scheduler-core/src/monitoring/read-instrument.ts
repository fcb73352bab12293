import type { QuotientMetric } from '../metrics/definition.ts'
import { evaluateMetric } from '../metrics/evaluate.ts'
import { type MetricScope, scopesOf } from '../metrics/scope.ts'
import { UNITS } from '../reading/units.ts'
import { isExactCount } from '../run/count.ts'
import { CALL_MEASURES, RUN_MEASURES, type Tally } from '../run/counters.ts'
import type { Histogram } from '../run/histogram.ts'
import { readFact } from '../view/facts.ts'
import type { HistogramInstrument, Instrument } from './instruments.ts'

/** One series of an instrument: its labels, and its value in the base unit. */
export type Series = { readonly labels: Labels } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'state'; readonly state: string }
  | {
      readonly kind: 'histogram'
      /** `null` when it is no longer exact. */
      readonly sum: number | null
      readonly count: number
      readonly histogram: Histogram
    }
)

export type Labels = Readonly<Record<string, string>>

/**
 * Every series of an instrument that has a value. An unknown or inexact value has none. Sums are those of the lifetime.
 */
export function readInstrument(instrument: Instrument, scope: MetricScope): readonly Series[] {
  const scheduler = scope.snapshot.snapshot.scheduler.name
  const { per } = instrument
  const whole = [{ labels: { scheduler }, narrowed: scope }]
  const scopes =
    per === null
      ? whole
      : (scopesOf(per, scope) ?? []).map(({ name, scope: narrowed }) => ({
          labels: { scheduler, [per]: name },
          narrowed,
        }))
  return scopes.flatMap(({ labels, narrowed }) => readSeries(instrument, narrowed, labels) ?? [])
}

function readSeries(instrument: Instrument, scope: MetricScope, labels: Labels): Series | null {
  switch (instrument.kind) {
    case 'states': {
      const state =
        'read' in instrument.source
          ? readFact(instrument.source, scope)
          : evaluateMetric(instrument.source, scope, 'lifetime')
      return typeof state === 'string' ? { labels, kind: 'state', state } : null
    }
    case 'histogram':
      return readHistogram(instrument, scope, labels)
    default: {
      const value = evaluateMetric(instrument.metric, scope, 'lifetime')
      return typeof value === 'number'
        ? { labels, kind: 'number', value: value * UNITS[instrument.unit].perBase }
        : null
    }
  }
}

/** The sum and the count of a mean, and the distribution of its values. */
function readHistogram(
  { metric, unit }: HistogramInstrument,
  { run, call }: MetricScope,
  labels: Labels,
): Series | null {
  const facts =
    metric.of === 'run'
      ? factsOf(metric, RUN_MEASURES, run.tallies.lifetime)
      : factsOf(metric, CALL_MEASURES, call.tallies.lifetime)
  if (facts === null || !isExactCount(facts.count)) return null
  const sum = isExactCount(facts.sum) ? facts.sum * UNITS[unit].perBase : null
  return { labels, kind: 'histogram', ...facts, sum }
}

function factsOf<C extends string, M extends C>(
  { numerator, denominator }: Pick<QuotientMetric<'run' | 'call', C>, 'numerator' | 'denominator'>,
  measures: readonly M[],
  tally: Tally<C, M>,
) {
  const measure = measures.find((one) => one === numerator[0])
  const [counted] = denominator
  if (measure === undefined || counted === undefined) return null
  return { sum: tally[measure], count: tally[counted], histogram: tally.distributions[measure].histogram }
}
