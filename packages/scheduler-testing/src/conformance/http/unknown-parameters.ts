import type { HttpView, StatusVersion } from '@pm/scheduler-core/http'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene, routesIn } from './scene.ts'
import { FAILED_RUN_ID, JOB } from './staged-past.ts'

const VIEWS: readonly HttpView[] = ['admin', 'market-data', 'health']

export function describeUnknownParameters(serve: ServeHttp): void {
  describe('a parameter that a route does not have', () => {
    it.each(['v1', 'v2'] as const)('is refused by every read of %s, but by no frozen one', async (version) => {
      const scene = await openScene(serve, { version })
      for (const { view, path, isFrozen } of readsOf(version)) {
        const { status, text } = await scene.as('ada', view, `${path}?limt=5`)
        expect([path, status], text).toEqual([path, isFrozen ? 200 : 400])
        if (!isFrozen) expect(text, path).toContain('query: expected no parameters')
      }
    })

    it('is refused by a command, which then does nothing', async () => {
      const scene = await openScene(serve)
      const headers = { 'content-type': 'application/json', authorization: 'Bearer ada' }
      const answer = await scene.ask('admin', '/pause?until=tomorrow', { method: 'POST', headers, body: '{}' })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })

    it('is answered with the one that was meant, and is not repeated', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/jobs?serach=poll')
      expect(answer.json).toMatchObject({
        detail: expect.stringMatching(/^query: expected no parameters but .*\. Did you mean "search"\?$/),
      })
      expect(answer.text).not.toContain('serach')
    })
  })
}

function readsOf(version: StatusVersion) {
  const routes = VIEWS.flatMap((view) => routesIn(version)[view].map((route) => ({ view, ...route })))
  return routes
    .filter(({ method }) => method === 'GET')
    .map(({ view, path }) => ({
      view,
      path: path.replace(':job', JOB).replace(':id', FAILED_RUN_ID),
      isFrozen: version === 'v1' && view !== 'health' && (path === '/status' || path === '/events'),
    }))
}
