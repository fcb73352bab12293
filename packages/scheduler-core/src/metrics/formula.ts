import type { MetricDefinition, QuotientMetric } from './definition.ts'

/**
 * The formula of a metric in one line: sums of counters, a quotient of them, a percentile, or the field that it reads.
 */
export function formulaOf(metric: MetricDefinition): string {
  switch (metric.statistic) {
    case 'sum':
      return metric.numerator.join(' + ')
    case 'percent':
      return `100 × ${quotientOf(metric)}`
    case 'mean':
      return quotientOf(metric)
    case 'value':
      return metric.of === 'custom' ? 'as the host counts it' : `${metric.field} of the ${metric.of}`
    default:
      return `${metric.statistic}(${metric.measure})`
  }
}

function quotientOf({
  numerator,
  denominator,
}: Pick<QuotientMetric<'run' | 'call', string>, 'numerator' | 'denominator'>) {
  return `${inBrackets(numerator)} / ${inBrackets(denominator)}`
}

function inBrackets(terms: readonly string[]): string {
  return terms.length === 1 ? terms.join('') : `(${terms.join(' + ')})`
}
