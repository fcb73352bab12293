import { describe, expect, it } from 'vitest'

import { createDashboardHandler } from '../src/index.ts'
import { authorize, filesOf, openScheduler, resolverOf } from './open-host.ts'

const HEADERS = { accept: 'text/html', 'x-user': 'ada' }

describe('the pages as a fetch handler', () => {
  it.each([
    ['at the root', '', ['/', '/system/jobs/poll']],
    ['on a path', '/ops/admin', ['', '/', '/market-data', '/system/jobs/poll']],
    ['on a path with a slash', '/ops/admin/', ['', '/']],
  ])('open %s', async (_name, mountPath, paths) => {
    const handler = createDashboardHandler(await openScheduler(), { authorize, mountPath })
    const mounted = `https://host.example${mountPath.replace(/\/$/, '')}`
    for (const path of paths) {
      const page = await handler(new Request(`${mounted}${path}`, { headers: HEADERS }))
      const text = await page.text()
      expect(page.status).toBe(200)
      const resolve = resolverOf(`${mounted}${path}`, text)
      expect(resolve('').href).toBe(`${mounted}/`)
      for (const file of filesOf(text)) expect((await handler(new Request(resolve(file)))).status).toBe(200)
      const status = await handler(new Request(resolve('api/portfolio/admin/status'), { headers: HEADERS }))
      expect(await status.json()).toMatchObject({ scheduler: { name: 'portfolio' } })
    }
  })

  it('leave other paths alone', async () => {
    const handler = createDashboardHandler(await openScheduler(), { authorize, mountPath: '/admin' })
    for (const path of ['/', '/administration', '/ADMIN'])
      expect((await handler(new Request(`https://host.example${path}`, { headers: HEADERS }))).status).toBe(404)
  })
})
