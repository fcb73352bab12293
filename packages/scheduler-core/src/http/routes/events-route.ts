import { defineRoute, type Route, type RouteSpec } from './route.ts'

/**
 * `GET /events` of a view, as server-sent events: the body of `/status` whenever more than its uptime has changed; in
 * version 2 with what has changed, and not while only time passes.
 */
export function eventsRoute(
  schema: Route['responses'][number],
  { named = {}, ignoresQuery = false }: EventsRouteOptions = {},
): Route {
  return defineRoute({
    id: 'events',
    method: 'GET',
    path: '/events',
    access: 'read',
    action: 'read-events',
    mediaType: 'text/event-stream',
    ignoresQuery,
    responses: { 200: schema },
    named,
    async handler(_input, { request, principal, events }) {
      const lastEventId = request.header('last-event-id')
      const stream = await events.connect({ principal: principal.name, lastEventId })
      return { status: 200, headers: HEADERS, body: null, stream }
    },
  })
}

interface EventsRouteOptions extends Pick<RouteSpec<unknown, unknown>, 'named' | 'ignoresQuery'> {}

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  // nginx would buffer the stream.
  'x-accel-buffering': 'no',
}
