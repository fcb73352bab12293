import { type Authorize, createFetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import { schedulerDashboard } from '@pm/scheduler-express'
import { walkRoutes } from '@pm/scheduler-testing'
import { describeHttpWalk, type ReadHeader, type ServeHttp } from '@pm/scheduler-testing/conformance'
import express, { type Request } from 'express'
import { expect, it } from 'vitest'

import { createDashboard, createDashboardHandler } from '../src/index.ts'
import { authorize, listen, openScheduler } from './open-host.ts'

/** The routes as the dashboard serves them for its pages. They are always those of version 2. */
const serveDashboard: ServeHttp = async ({ scheduler, admin, health }) => {
  const { version: _, emptyRate: __, deprecation: ___, authorize: knows, ...options } = admin
  const hook = knows as Authorize<ReadHeader>
  const site = createDashboard<Request>(scheduler, {
    ...options,
    authorize: (req, target) => hook((name) => req.get(name) ?? null, target),
  })
  const origin = await listen(express().use('/admin', schedulerDashboard(site)))
  const { authorize: ____, ...probes } = health
  const healthUrl = await listen(toNodeListener(createFetchHandler(scheduler, { ...probes, view: 'health' })))
  const at = `${origin}/admin/api/${scheduler.name}`
  return { adminUrl: `${at}/admin`, marketDataUrl: `${at}/market-data`, healthUrl, close: async () => {} }
}

describeHttpWalk('the dashboard', serveDashboard)

it('the walk opens no page to whoever may not see it', async () => {
  const handler = createDashboardHandler(await openScheduler(), { authorize, login: () => '/login' })
  const html = { accept: 'text/html' }
  const { sent, admitted } = await walkRoutes({
    async send({ path, method, headers }) {
      const { status, headers: answered, body } = await handler(new Request(`http://host${path}`, { method, headers }))
      return {
        status,
        headers: Object.fromEntries(answered),
        text: body === null ? '' : await new Response(body).text(),
      }
    },
    views: {},
    job: 'poll',
    runId: '00000000-0000-4000-8000-000000000000',
    refused: { nobody: {}, 'a browser': html, 'somebody who may not': { ...html, 'x-user': 'eve' } },
    paths: { admin: ['/system', '/system/jobs/poll', '/jobs/poll'], 'market-data': ['/market-data'] },
  })
  expect(admitted).toEqual([])
  expect(sent.authorization).toBeGreaterThan(300)
})
