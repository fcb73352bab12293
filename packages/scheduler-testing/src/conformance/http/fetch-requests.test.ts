import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'

import { createFetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createStagedScheduler } from './staged-scheduler.ts'

const BODY = JSON.stringify({ until: '2030-01-01T00:00:00Z', why: 'maintenance' })

describe('a Request that the host has read already', () => {
  it.each<readonly [string, (request: Request) => Promise<Request>]>([
    ['read', (request) => request.text().then(() => request)],
    [
      'read in part',
      async (request) => {
        await request.body?.getReader().read()
        return request
      },
    ],
    [
      'left out of a copy',
      async ({ url, method }) =>
        new Request(url, { method, headers: { ...JSON_TYPE, 'content-length': `${BODY.length}` } }),
    ],
    [
      'left out of a copy, where it came in chunks',
      async ({ url, method }) =>
        new Request(url, { method, headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' } }),
    ],
  ])('is refused when its body was %s', async (_what, read) => {
    const { handle, staged } = open()
    const answer = await handle(await read(pause()))
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ code: 'BODY_ALREADY_READ', detail: expect.stringContaining('read') })
    expect(staged.calls).toEqual([])
  })

  it('is carried out when there was nothing to read', async () => {
    const { handle, staged } = open()
    const request = new Request('http://localhost/start', {
      method: 'POST',
      headers: { 'content-length': '0' },
      body: new Uint8Array(),
    })
    await request.text()
    expect((await handle(request)).status).toBe(200)
    expect(staged.calls).toEqual(['start {"by":"ada"}'])
  })

  it('is taken when the host read a copy of it', async () => {
    const { handle, staged } = open()
    const request = pause()
    await request.clone().text()
    expect((await handle(request)).status).toBe(200)
    expect(staged.calls).toEqual([expect.stringContaining('"until":')])
  })
})

it('a server that writes its own name into the URL, as Next does, hides no foreign host and no origin of its own', async () => {
  const { handle, staged } = open({ allowedHosts: ['ops.example.com'] })
  const start = (host: string) =>
    handle(new Request('http://localhost:3000/start', { method: 'POST', headers: { host, origin: `http://${host}` } }))
  expect((await start('ops.example.com')).status).toBe(200)
  const foreign = await start('evil.example')
  expect([foreign.status, await foreign.json()]).toEqual([403, expect.objectContaining({ code: 'FOREIGN_HOST' })])
  expect(staged.calls).toEqual(['start {"by":"ada"}'])
})

it('a command over HTTP/2, which announces no length, is carried out with its body', async () => {
  const { handle, staged } = open()
  const server = createServer(toNodeListener(handle) as never).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => new Promise<void>((resolve) => session.close(() => server.close(() => resolve()))))
  const stream = session.request({ ':method': 'POST', ':path': '/pause', ...JSON_TYPE })
  stream.end(BODY)
  const [headers] = (await once(stream, 'response')) as [{ readonly ':status': number }]
  stream.resume()
  await once(stream, 'close')
  expect(headers[':status']).toBe(200)
  expect(staged.calls).toEqual([expect.stringContaining('"until":')])
})

const JSON_TYPE = { 'content-type': 'application/json' }

function pause(): Request {
  return new Request('http://localhost/pause', { method: 'POST', headers: JSON_TYPE, body: BODY })
}

function open(options: { readonly allowedHosts?: readonly string[] } = {}) {
  const staged = createStagedScheduler()
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const handle = createFetchHandler(staged.scheduler, { view: 'admin', control: true, authorize, ...options })
  return { staged, handle }
}
