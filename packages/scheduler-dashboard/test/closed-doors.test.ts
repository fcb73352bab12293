import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Authorize, routesOf } from '@pm/scheduler-core/http'
import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { appFolder } from '../src/assets/app-folder.ts'
import { readBuiltApp } from '../src/assets/built-app.ts'
import { createDashboardHandler } from '../src/index.ts'
import { authorize, openScheduler } from './open-host.ts'

const MOUNT = 'https://host.example/admin'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const CANARY = 'canary-job'
const CANARY_ERROR = 'canary-error: no route to the vault'

/** Every path below the mount that anything answers, with each parameter filled. */
function pathsOf(key: string, job: string, run: string): readonly string[] {
  const routes = (['admin', 'market-data'] as const).flatMap((view) =>
    routesOf({ view, control: true, version: 'v2' }).map(({ path }) => `/api/${key}/${view}${path}`),
  )
  const filled = routes.map((path) => path.replace(':job', job).replace(/:\w+/, run))
  const pages = ['', '/', '/market-data', '/system', `/system/jobs/${job}`, `/system/runs/${run}`, '/jobs/x', '/runs/x']
  return [...new Set([...pages, ...filled, '/api', '/api/', `/api/${key}`, `/api/${key}/admin`, '/nothing'])]
}

/** The same path as somebody writes it who looks for a way around the door. */
function spellingsOf(path: string): readonly string[] {
  const last = path.lastIndexOf('/') + 1
  const encoded = `${path.slice(0, last)}%${path.charCodeAt(last).toString(16)}${path.slice(last + 1)}`
  return [
    path,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    path.toUpperCase(),
    `${path}?x=1`,
    `${path};x`,
    `${path}.json`,
    ...(path.length > last ? [encoded] : []),
    path.replaceAll('/', '//'),
    path.replaceAll('/', '%2f'),
    `/assets/..${path}`,
    `/assets/%2e%2e${path}`,
  ]
}

describe('a dashboard with nothing but the hook that it needs', () => {
  it.each<readonly [string, Authorize<Request>]>([
    ['knows nobody', () => ({ allow: false, reason: 'unauthenticated' })],
    ['forbids everything', () => ({ allow: false, reason: 'forbidden' })],
    ['fails', () => Promise.reject(new Error('down'))],
  ])('refuses every route, method and spelling while the hook %s', async (_what, refuse) => {
    const handler = createDashboardHandler(await openScheduler(), { authorize: refuse, mountPath: '/admin' })
    for (const path of pathsOf('portfolio', 'poll', '0198b1e2-0000-8000-8000-000000000000').flatMap(spellingsOf))
      for (const method of METHODS)
        for (const accept of ['text/html', 'application/json']) {
          const { status } = await handler(new Request(`${MOUNT}${path}`, { method, headers: { accept } }))
          expect({
            path,
            method,
            refused: method === 'OPTIONS' ? status === 204 || status >= 400 : status >= 400,
          }).toEqual({ path, method, refused: true })
          expect(status).toBeLessThan(500)
        }
  })

  it('serves no command, even to an operator', async () => {
    const handler = createDashboardHandler(await openScheduler(), { authorize, mountPath: '/admin' })
    for (const { method, path, access } of routesOf({ view: 'admin', control: true, version: 'v2' })) {
      if (access === 'read') continue
      const url = `${MOUNT}/api/portfolio/admin${path.replace(':job', 'poll').replace(/:\w+/, 'x')}`
      const headers = { 'x-user': 'ada', 'content-type': 'application/json' }
      const { status } = await handler(new Request(url, { method, headers, body: '{}' }))
      expect([404, 405]).toContain(status)
    }
  })
})

describe('an analyst', () => {
  it('sees no job and no error below the mount, whatever they ask for', async () => {
    const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2) })
    const scheduler = createScheduler({
      name: 'portfolio',
      clock,
      jobs: [
        {
          name: CANARY,
          schedule: every({ minutes: 15 }),
          handler: () => Promise.reject(new Error(CANARY_ERROR)),
        },
      ],
      ...createMemoryBackend(),
    })
    await scheduler.open()
    onTestFinished(() => scheduler.close({ graceMs: 0 }))
    const { runId } = await scheduler.runJob(CANARY, { by: 'ada', why: 'canary-why' })
    await scheduler.whenIdle()
    await clock.advance(1_000)
    const handler = createDashboardHandler(scheduler, { authorize, control: true, mountPath: '/admin' })
    const read = async (path: string, user: string, accept: string) => {
      const signal = AbortSignal.timeout(60_000)
      const answer = await handler(new Request(`${MOUNT}${path}`, { headers: { accept, 'x-user': user }, signal }))
      const { body } = answer
      // The first part of a stream has its status.
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false
      const text = isStream && body ? await firstPart(body) : await answer.text()
      return { status: answer.status, text }
    }

    // The canary sings for the operator, so that its silence below says something.
    const seen = await read(`/api/portfolio/admin/runs/${runId}`, 'ada', 'application/json')
    expect(seen.text).toContain(CANARY)
    expect(seen.text).toContain(CANARY_ERROR)

    const assets = (readBuiltApp(appFolder())?.assets ?? []).map(({ path }) => `/${path}`)
    const answered: string[] = []
    for (const path of [...pathsOf('portfolio', CANARY, runId).flatMap(spellingsOf), ...assets])
      for (const accept of ['text/html', 'application/json']) {
        const { status, text } = await read(path, 'ann', accept)
        expect({ path, sings: /canary/.test(text) }).toEqual({ path, sings: false })
        if (status === 200) answered.push(path)
      }
    expect(answered).toContain('/market-data')
    expect(answered).toContain('/api/portfolio/market-data/status')
    // The code of the pages is the same for everybody.
    const data = answered.filter((path) => !assets.includes(path))
    expect(data.filter((path) => /admin/.test(path) && !path.includes('market-data'))).toEqual([])
  })
})

async function firstPart(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader()
  let text = ''
  while (!text.includes('\n\n') || !text.includes('data:')) {
    const { value, done } = await reader.read()
    if (done) break
    text += new TextDecoder().decode(value)
  }
  await reader.cancel()
  return text
}
