import { A_METRIC } from '../../contract/list-requests.ts'
import { SchedulerError } from '../../errors.ts'
import { definitionsFor } from '../../metrics/definitions.ts'
import { suggestionFor } from '../../options/suggest.ts'
import { customDefinitions, declaredBy } from '../../reading/snapshot.ts'
import { type ExplainOptions, explainMetric } from '../../view/explain.ts'
import type { MetricExplanationView } from '../../view/metric-explanation.ts'

/** The field that explains a number, where one was asked for. Throws `INVALID_REQUEST` for an id that is no metric. */
export function explained(
  id: string | undefined,
  options: ExplainOptions,
): { readonly explain?: MetricExplanationView } {
  if (id === undefined) return {}
  const explain = explainMetric(id, options)
  if (!explain) throw unknownMetric(id, options)
  return { explain }
}

/** Suggests only metrics that this audience may see. */
function unknownMetric(id: string, { reading: { snapshot }, audience }: ExplainOptions): SchedulerError {
  const known = definitionsFor(audience, customDefinitions(snapshot), declaredBy(snapshot)).map((metric) => metric.id)
  const meant = suggestionFor(id, known)
  return new SchedulerError('INVALID_REQUEST', { path: 'query.explain', expected: A_METRIC, ...meant })
}
