import type { adminStatusV1 } from '../../contract/admin-status-v1.ts'
import type { marketDataStatusV1 } from '../../contract/market-data-status-v1.ts'
import { isMatched } from '../if-none-match.ts'
import { defineRoute, type Route } from '../route.ts'

/** `GET /status` of a view: the bytes of the present snapshot, or 304 when the reader has them. */
export function statusRoute(schema: typeof adminStatusV1 | typeof marketDataStatusV1): Route {
  return defineRoute({
    id: 'status',
    method: 'GET',
    path: '/status',
    access: 'read',
    action: 'read-status',
    responses: { 200: schema, 304: null },
    async handler(_input, { scheduler, request, statusOf }) {
      const { etag, full, notModified } = statusOf(await scheduler.snapshot())
      return isMatched(request.header('if-none-match'), etag) ? notModified : full
    },
  })
}
