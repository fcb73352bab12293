import type { FetchHandler } from '@pm/scheduler-core/http'
import type { H3 } from 'h3'

/** Serves a fetch handler at a path and below it. */
export function serveBelow(app: H3, path: string, handler: FetchHandler): void {
  for (const route of [path, `${path}/**`]) app.all(route, ({ req }) => handler(req))
}
