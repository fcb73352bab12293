import type { PlainResponse, SiteCall } from '@pm/scheduler-core/http'

import { report } from '../access/door.ts'
import { redirect } from '../html/redirect.ts'
import { openPage, refuseUnknown } from './open-page.ts'
import { PAGES, pageOf } from './page-path.ts'
import { baseOf, type PageScene, refuse } from './page-scene.ts'
import { ALLOWED } from './refusal.ts'

/** Answers whatever is neither a file nor a route: a page, or the page that says why not. */
export function createPageAnswers<R>(scene: PageScene<R>): (call: SiteCall<R>) => Promise<PlainResponse> {
  return async (call) => {
    try {
      return await answer(scene, call)
    } catch (error) {
      report({ onError: scene.onError, view: 'admin' }, error)
      return refuse(scene, { call, kind: 'failed' })
    }
  }
}

async function answer<R>(scene: PageScene<R>, call: SiteCall<R>): Promise<PlainResponse> {
  const { method } = call.request
  if (method === 'OPTIONS') return { status: 204, headers: { allow: ALLOWED }, body: null }
  if (method !== 'GET' && method !== 'HEAD') return refuse(scene, { call, kind: 'wrong-method' })
  const page = pageOf(call.path, scene.facts.parts)
  if (page) return openPage(scene, call, page)
  const isEntrance = call.path === '' || call.path === '/'
  return isEntrance ? leadOn(scene, call) : refuseUnknown(scene, call)
}

/** To the first part that the host shows, where the entrance itself is hidden. */
function leadOn<R>(scene: PageScene<R>, call: SiteCall<R>): PlainResponse {
  const first = PAGES.find(({ part }) => scene.facts.parts[part])
  return redirect(`${baseOf(scene, call)}${first?.address ?? ''}`)
}
