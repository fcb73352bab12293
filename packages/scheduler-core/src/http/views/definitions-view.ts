import type { MetricDefinitionsView } from '../../contract/metric-definitions.ts'
import { definitionsFor } from '../../metrics/definitions.ts'
import { isLibraryAudience, type LibraryAudience } from '../../reading/audience.ts'
import { customDefinitions, declaredBy, type SchedulerSnapshot } from '../../reading/snapshot.ts'
import { WINDOWS, type WindowId } from '../../run/windows.ts'
import { fieldsOf } from '../../status/field-names.ts'
import { namedMetric } from './named-metric.ts'

/**
 * The metrics of an audience, as its routes show them. They name only the library's audiences of each metric: the names
 * of a host's own audiences stay with the host. With `metric`, that one alone, by its id or a field that shows it.
 */
export function toDefinitionsView(
  snapshot: SchedulerSnapshot,
  reader: LibraryAudience,
  metric?: string,
): MetricDefinitionsView {
  const only =
    metric === undefined ? null : namedMetric({ text: metric, path: 'query.metric', audience: reader, snapshot })
  const { definitionsVersion, windowsMs } = snapshot
  const widthOf = (window: WindowId) => (window === 'lifetime' ? null : windowsMs[window] / 1_000)
  return {
    definitions_version: definitionsVersion,
    windows: WINDOWS.map((id) => ({ id, width_seconds: widthOf(id) })),
    items: definitionsFor(reader, customDefinitions(snapshot), declaredBy(snapshot))
      .filter(({ id }) => only === null || id === only)
      .map(({ emptyIs, ...definition }) => ({
        ...definition,
        fields: fieldsOf(definition.id, reader),
        audience: definition.audience.filter(isLibraryAudience),
        empty_is: emptyIs,
      })),
  }
}
