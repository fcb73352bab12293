import { behindProxy, describeHttpAdapter, describeReadBodies, type ServeHttp } from '@pm/scheduler-testing/conformance'
import type express from 'express'

import { LAYOUTS, nested, onPrefixes } from './layouts.ts'
import { serveExpress } from './serve-express.ts'

/** Runs every story on the first mount, and on each other mount those stories that a mount can break. */
export function describeEveryMount(name: string, createApp: typeof express): void {
  for (const [index, [mount, serve]] of Object.entries(mountMatrix(createApp)).entries())
    describeHttpAdapter(`${name}, ${mount}`, serve, { scope: index === 0 ? 'whole' : 'mount' })
}

/** Bodies that something before the app has read, and something of the app. */
export function describeEveryReader(name: string, createApp: typeof express): void {
  describeReadBodies(name, (reader) => serveExpress((routers) => onPrefixes(createApp().use(reader), routers)))
}

/** The ways of mounting in which the routers have to work, by name. All but one use helmet. */
function mountMatrix(createApp: typeof express): Readonly<Record<string, ServeHttp>> {
  const layouts = Object.entries(LAYOUTS).map(([name, layout]) => [name, serveExpress(layout(createApp))] as const)
  return {
    ...Object.fromEntries(layouts),
    'without helmet': serveExpress((routers) => onPrefixes(createApp(), routers), { withHelmet: false }),
    'behind a proxy that strips a prefix': behindProxy(
      serveExpress((routers) => onPrefixes(createApp().set('trust proxy', 'loopback'), routers)),
      { prefix: '/ops' },
    ),
    'behind a proxy that does not strip its prefix': behindProxy(serveExpress(nested(createApp)), {
      prefix: '/tenants',
      strips: false,
    }),
  }
}
