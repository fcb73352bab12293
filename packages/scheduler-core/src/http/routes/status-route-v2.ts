import { z } from 'zod'

import { SchedulerError } from '../../errors.ts'
import { definitionsFor } from '../../metrics/definitions.ts'
import { suggestionFor } from '../../options/suggest.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import { customDefinitions, declaredBy, type SchedulerSnapshot } from '../../reading/snapshot.ts'
import { toAdminStatusV2, toMarketDataStatusV2 } from '../../status/to-status.ts'
import { explainMetric } from '../../view/explain.ts'
import { json } from '../exchange/response.ts'
import { eventsRoute } from './events-route.ts'
import { defineRoute, type Route } from './route.ts'
import { STATUS, statusAnswer } from './status-route.ts'

/** The same routes, with version 2 of the status and of its events instead of version 1. */
export function inVersion2(routes: readonly Route[], status: StatusV2): readonly Route[] {
  const others = routes.filter(({ id }) => id !== 'status' && id !== 'events')
  return [statusRouteV2(status), eventsRoute(status.event, { [status.eventName]: status.event }), ...others]
}

/** The status of an audience in version 2. */
export interface StatusV2 {
  readonly audience: LibraryAudience
  readonly schema: z.ZodType
  /** Its name in the contract. */
  readonly name: 'adminStatusV2' | 'marketDataStatusV2'
  /** The data of its events. */
  readonly event: z.ZodType
  readonly eventName: 'adminEventV2' | 'marketDataEventV2'
}

const A_METRIC = 'the id of a metric, as /metrics/definitions lists them'

/** The query of `GET /status`. Unknown parameters are ignored. */
const statusQuery = z.object({ explain: z.string().max(64, { error: A_METRIC }).optional() })

/** The projection of each audience in version 2. */
export const PROJECTIONS_V2 = { admin: toAdminStatusV2, 'market-data': toMarketDataStatusV2 } as const

/** `GET /status`; with `?explain=<id>` it also explains that number, from the same snapshot. */
function statusRouteV2({ audience, schema, name }: StatusV2): Route {
  const project = PROJECTIONS_V2[audience]
  return defineRoute({
    ...STATUS,
    query: statusQuery,
    responses: { 200: schema, 304: null },
    named: { [name]: schema },
    async handler({ query: { explain: id } }, context) {
      const reading = await context.scheduler.snapshot()
      if (id === undefined) return statusAnswer(reading, context)
      const explain = explainMetric(id, { reading, audience })
      if (!explain) throw unknownMetric(id, { snapshot: reading.snapshot, audience })
      return json({ ...project(reading), explain })
    },
  })
}

/** Suggests only metrics that this audience may see. */
function unknownMetric(id: string, { snapshot, audience }: Readers): SchedulerError {
  const known = definitionsFor(audience, customDefinitions(snapshot), declaredBy(snapshot)).map((metric) => metric.id)
  return new SchedulerError('INVALID_REQUEST', {
    path: 'query.explain',
    expected: A_METRIC,
    ...suggestionFor(id, known),
  })
}

interface Readers {
  readonly snapshot: SchedulerSnapshot
  readonly audience: LibraryAudience
}
