import type * as z from 'zod'

import { adminStatusQuery, marketDataStatusQuery } from '../../contract/list-requests.ts'
import type { Parts } from '../../metrics/scope.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import { adminStatusViewV2 } from '../../status/admin-status-v2.ts'
import {
  feedsInAttention,
  jobsInAttention,
  knownInstances,
  longestSessions,
  providersNamed,
} from '../../status/attention.ts'
import { envelope } from '../../status/blocks.ts'
import { marketDataStatusViewV2 } from '../../status/market-data-status-v2.ts'
import { json, tagged } from '../exchange/response.ts'
import { explained } from '../views/explained.ts'
import { eventsRoute } from './events-route.ts'
import { defineRoute, type Route } from './route.ts'
import { STATUS, statusAnswer } from './status-route.ts'

/** The same routes, with version 2 of the status and of its events instead of version 1. */
export function inVersion2(routes: readonly Route[], status: StatusV2): readonly Route[] {
  const others = routes.filter(({ id }) => id !== 'status' && id !== 'events')
  return [statusRouteV2(status), eventsRoute(status.event, { named: { [status.eventName]: status.event } }), ...others]
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

/** The view of each audience in version 2. */
export const VIEWS_V2 = { admin: adminStatusViewV2, 'market-data': marketDataStatusViewV2 } as const

const QUERIES = { admin: adminStatusQuery, 'market-data': marketDataStatusQuery } as const

/** What a status names of many is also what it explains one by one. */
const PARTS: Parts = {
  job: jobsInAttention,
  provider: providersNamed,
  feed: feedsInAttention,
  instance: knownInstances,
  session: longestSessions,
}

/**
 * `GET /status`: `?window=` and `?fields=` make it smaller, and with `?explain=<id>` it also explains that number, from
 * the same snapshot.
 */
function statusRouteV2({ audience, schema, name }: StatusV2): Route {
  return defineRoute({
    ...STATUS,
    query: QUERIES[audience],
    responses: { 200: schema, 304: null },
    named: { [name]: schema },
    async handler({ query: { explain, window: windows, fields } }, context) {
      const reading = await context.scheduler.snapshot()
      if (explain === undefined && windows === undefined && fields === undefined) return statusAnswer(reading, context)
      const only = fields && [...Object.keys(envelope), ...fields]
      const status = VIEWS_V2[audience].project(reading, { windows, only })
      const answer = { ...status, ...explained(explain, { reading, audience, parts: PARTS }) }
      if (explain !== undefined || reading.stale) return json(answer)
      const part = [...(windows ?? []), '', ...(fields ?? [])].join('-')
      return tagged(answer, `"${reading.snapshot.id}.${audience}.v2.${part}"`, context.request)
    },
  })
}
