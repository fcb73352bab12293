import type { QuotientMetric } from '../metrics/definition.ts'
import { evaluateMetric } from '../metrics/evaluate.ts'
import { type MetricScope, scopesOf } from '../metrics/scope.ts'
import { inBase } from '../reading/units.ts'
import { isExactCount } from '../run/count.ts'
import { CALL_MEASURES, RUN_MEASURES, type Tally } from '../run/counters.ts'
import type { Histogram } from '../run/histogram.ts'
import { readFact } from '../view/facts.ts'
import type { HistogramInstrument, Instrument } from './instruments.ts'
import type { JobSeries } from './job-series.ts'
import { LABELS } from './labels.ts'

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
 * `jobs` says which jobs have series.
 */
export function readInstrument(instrument: Instrument, scope: MetricScope, jobs: JobSeries): readonly Series[] {
  const ofAll = { [LABELS.scheduler]: scope.snapshot.snapshot.scheduler.name }
  const { per } = instrument
  const whole = [{ labels: ofAll, narrowed: scope }]
  const scopes =
    per === null
      ? whole
      : (partOf(per, scope, jobs) ?? []).map(({ name, scope: narrowed }) => ({
          labels: { ...ofAll, [LABELS[per]]: name },
          narrowed,
        }))
  return scopes.flatMap(({ labels, narrowed }) => readSeries(instrument, narrowed, labels) ?? [])
}

function partOf(per: 'job' | 'provider', scope: MetricScope, { jobs }: JobSeries) {
  return per === 'job' ? scopesOf(per, scope, jobs) : scopesOf(per, scope)
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
      return typeof value === 'number' ? { labels, kind: 'number', value: inBase(value, instrument.unit) } : null
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
  if (facts.count === 0 && ONCE_COUNTED.has(metric.numerator[0] ?? '')) return null
  const sum = isExactCount(facts.sum) ? inBase(facts.sum, unit) : null
  return { labels, kind: 'histogram', ...facts, sum }
}

/** Histograms that have series from their first value on: most schedulers have no queue, and a job would have 19 more. */
const ONCE_COUNTED: ReadonlySet<string> = new Set(['queue_wait_ms'])

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
