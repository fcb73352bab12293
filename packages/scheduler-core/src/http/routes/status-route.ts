import type { SnapshotReading } from '../../reading/snapshot.ts'
import type { adminStatusV1 } from '../../status/frozen-admin-v1.ts'
import type { marketDataStatusV1 } from '../../status/frozen-market-data-v1.ts'
import { isMatched } from '../exchange/if-none-match.ts'
import type { PlainResponse } from '../exchange/response.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'

/** `GET /status`, in every version. */
export const STATUS = { id: 'status', method: 'GET', path: '/status', access: 'read', action: 'read-status' } as const

/** `GET /status` of a view in version 1. */
export function statusRoute(schema: typeof adminStatusV1 | typeof marketDataStatusV1): Route {
  return defineRoute({
    ...STATUS,
    ignoresQuery: true,
    responses: { 200: schema, 304: null },
    handler: async (_input, context) => statusAnswer(await context.scheduler.snapshot(), context),
  })
}

/** The status of a snapshot, or 304 when the reader has it. */
export function statusAnswer(
  reading: SnapshotReading,
  { request, statusOf }: Pick<RouteContext, 'request' | 'statusOf'>,
): PlainResponse {
  const { etag, full, notModified } = statusOf(reading)
  return isMatched(request.header('if-none-match'), etag) ? notModified : full
}
