import { fieldsOf } from '../../status/field-names.ts'
import { type ExplainOptions, explainMetric } from '../../view/explain.ts'
import type { MetricExplanationView } from '../../view/metric-explanation.ts'
import { namedMetric } from './named-metric.ts'

/**
 * The field that explains a number, where one was asked for by its id or by a field that shows it. Throws
 * `INVALID_REQUEST` as `namedMetric`.
 */
export function explained(
  text: string | undefined,
  options: ExplainOptions,
): { readonly explain?: MetricExplanationView } {
  if (text === undefined) return {}
  const { audience, reading } = options
  const id = namedMetric({ text, path: 'query.explain', audience, snapshot: reading.snapshot })
  const explain = explainMetric(id, options)
  return explain ? { explain: { ...explain, fields: fieldsOf(id, audience) } } : {}
}
