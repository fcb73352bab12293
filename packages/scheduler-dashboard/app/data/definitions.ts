import type { MetricDefinitionsView } from '@pm/scheduler-core/contract/v2'

import type { View } from '../live/topic.ts'
import type { ApiOf } from './api.ts'

/** What the numbers mean; read once for each scheduler and view, when the first one is asked about. */
export interface Definitions {
  of(schedulerKey: string, view: View): Promise<MetricDefinitionsView>
}

export type MetricDefinition = MetricDefinitionsView['items'][number]

export function createDefinitions(apiOf: ApiOf): Definitions {
  const known = new Map<string, Promise<MetricDefinitionsView>>()
  return {
    of(key, view) {
      const name = `${view}:${key}`
      const found = known.get(name)
      if (found) return found
      const reading = apiOf(key)[view].definitions()
      known.set(name, reading)
      reading.catch(() => known.delete(name))
      return reading
    },
  }
}
