import type { MetricDefinitionsView } from '../../contract/metric-definitions.ts'
import { definitionsFor } from '../../metrics/definitions.ts'
import type { Audience } from '../../reading/described.ts'
import { customDefinitions, type SchedulerSnapshot } from '../../reading/snapshot.ts'
import { WINDOWS, type WindowId } from '../../run/windows.ts'

export function toDefinitionsView(snapshot: SchedulerSnapshot, audience: Audience): MetricDefinitionsView {
  const { definitionsVersion, windowsMs } = snapshot
  const widthOf = (window: WindowId) => (window === 'lifetime' ? null : windowsMs[window] / 1_000)
  return {
    definitions_version: definitionsVersion,
    windows: WINDOWS.map((id) => ({ id, width_seconds: widthOf(id) })),
    items: definitionsFor(audience, customDefinitions(snapshot)).map(({ emptyIs, ...definition }) => ({
      ...definition,
      empty_is: emptyIs,
    })),
  }
}
