import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'

const OPS = 'https://ops.example.com'

/** It is all that the owner of a page behind a proxy that rewrites Host gets to see. */
const NAMES_WHAT_TO_SET = expect.stringMatching(/Host or as an X-Forwarded-Host .* `allowedOrigins`/)

export function describeCrossSite(serve: ServeHttp): void {
  describe('cross-site', () => {
    it.each([
      ['a page of its own', { 'sec-fetch-site': 'same-origin' }],
      ['the address bar', { 'sec-fetch-site': 'none' }],
      ['a program', {}],
      ['an allowed origin', { origin: OPS }],
      ['an allowed origin, as browsers of today say it', { origin: OPS, 'sec-fetch-site': 'cross-site' }],
    ])('commands come from %s', async (_who, headers) => {
      const scene = await openScene(serve, { admin: { allowedOrigins: [OPS] } })
      expect((await scene.as('ada', 'admin', '/stop', { method: 'POST', headers })).status).toBe(202)
    })

    it('commands come from the origin of the server itself', async () => {
      const scene = await openScene(serve)
      const headers = { origin: new URL(scene.baseUrl('admin')).origin }
      expect((await scene.as('ada', 'admin', '/stop', { method: 'POST', headers })).status).toBe(202)
    })

    it.each([
      ['another site', { 'sec-fetch-site': 'cross-site' }],
      ['a sibling site', { 'sec-fetch-site': 'same-site' }],
      ['another origin', { origin: 'https://evil.example' }],
      ['another port', { origin: 'http://127.0.0.1:1' }],
      ['a sandbox', { origin: 'null' }],
      ['another site that borrows our name', { origin: 'http://127.0.0.1.evil.example' }],
      ['a browser that says something new', { 'sec-fetch-site': 'galaxy' }],
    ])('no command comes from %s', async (_who, headers) => {
      const scene = await openScene(serve, { admin: { allowedOrigins: [OPS] } })
      const answer = await scene.as('ada', 'admin', '/stop', { method: 'POST', headers })
      expect(answer).toMatchObject({ status: 403, json: { code: 'CROSS_SITE', detail: NAMES_WHAT_TO_SET } })
      expect(scene.staged.calls).toEqual([])
    })

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
      'no command comes from a form (%s), full or empty',
      async (type) => {
        const scene = await openScene(serve)
        for (const body of ['why=x', '']) {
          const sent = { method: 'POST', headers: { 'content-type': type }, body }
          expect((await scene.as('ada', 'admin', '/stop', sent)).status).toBe(415)
        }
        expect(scene.staged.calls).toEqual([])
      },
    )

    it('reading is nobody else’s business to refuse', async () => {
      const scene = await openScene(serve)
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
      const answer = await scene.as('ada', 'admin', '/status', { headers })
      expect(answer.status).toBe(200)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    })
  })
}
