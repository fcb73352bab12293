import { type Authorize, createFetchHandler, type FetchHandler, unsafeAllowAll } from '@pm/scheduler-core/http'
import type { NextRequest } from 'next/server'

import { type Scene, scenes } from '@/lib/scenes'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

const handlers = new WeakMap<Scene, Readonly<Record<string, FetchHandler>>>()

/** Serves a scene of the contract suite, which runs in this process. */
async function handler(request: NextRequest, { params }: RouteContext<'/scenes/[scene]/[view]/[[...path]]'>) {
  const { scene, view } = await params
  const staged = scenes.get(scene)
  if (staged === undefined) return new Response(null, { status: 404 })
  const served = handlers.get(staged) ?? serve(staged, scene)
  handlers.set(staged, served)
  return (await served[view]?.(request)) ?? new Response(null, { status: 404 })
}

function serve(
  { scheduler, mounts: { admin, marketData, health } }: Scene,
  scene: string,
): Readonly<Record<string, FetchHandler>> {
  const at = (view: string) => ({ basePath: `/scenes/${scene}/${view}` })
  return {
    admin: createFetchHandler(scheduler, { ...admin, ...ownHook(admin), view: 'admin', ...at('admin') }),
    'market-data': createFetchHandler(scheduler, {
      ...marketData,
      ...ownHook(marketData),
      view: 'market-data',
      ...at('market-data'),
    }),
    health: createFetchHandler(scheduler, { ...health, view: 'health', ...at('health') }),
  }
}

/** The suite has a copy of the package of its own, whose open door opens nothing here. */
function ownHook({ authorize }: { readonly authorize: unknown }) {
  return { authorize: typeof authorize === 'function' ? (authorize as Authorize<Request>) : unsafeAllowAll }
}

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
}
