import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createSiteFetchHandler } from '@pm/scheduler-core/http'
import { expect, it, onTestFinished } from 'vitest'

import { appFolder } from '../src/assets/app-folder.ts'
import { composeDashboard } from '../src/compose-dashboard.ts'
import { authorize, openScheduler } from './open-host.ts'

it('pages that are not built say how to build them, and open as soon as they are', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'pages-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'app')
  const options = { authorize, environment: 'test' }
  const handler = createSiteFetchHandler(
    composeDashboard<Request>({ schedulers: await openScheduler(), options, folder }),
    { basePath: '/admin' },
  )
  const open = (accept: string, user = 'ada') =>
    handler(new Request('https://host.example/admin', { headers: { accept, 'x-user': user } }))

  const page = await open('text/html')
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('<code>pnpm --filter @pm/scheduler-dashboard build:app</code>')
  expect(await (await open('application/json')).json()).toMatchObject({ status: 503, code: 'PAGES_NOT_BUILT' })
  expect((await open('text/html', 'eve')).status).toBe(403)

  cpSync(appFolder(), folder, { recursive: true })
  expect((await open('text/html')).status).toBe(200)
})
