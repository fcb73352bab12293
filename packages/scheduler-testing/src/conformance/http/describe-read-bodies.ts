import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import type { Sent } from './client.ts'
import { openScene } from './scene.ts'

/** What a host does with a request of `node:http` before the routes get it. */
export type BodyReader = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void

const UNTIL = '2030-01-01T00:00:00.000Z'
const PAUSE = { method: 'POST', body: { until: UNTIL, expected_version: 0 } } as const
const PAUSED = `pause {"by":"ada","expectedVersion":0,"until":${Date.parse(UNTIL)}}`

/**
 * Stories of an adapter on `node:http` whose host has read the body already: it is taken from `req.body`, and a command
 * whose body is gone is refused.
 */
export function describeReadBodies(name: string, serveAfter: (reader: BodyReader) => ServeHttp): void {
  describe(`a body that the host has read: ${name}`, () => {
    it.each<readonly [string, (text: string) => unknown]>([
      ['parsed', (text) => JSON.parse(text)],
      ['as text', (text) => text],
      ['as bytes', (text) => Buffer.from(text)],
    ])('is taken where it is kept, %s', async (_how, toBody) => {
      for (const sent of [PAUSE, { ...PAUSE, chunked: true } as const]) {
        const scene = await openScene(serveAfter(readerThatKeeps(toBody)))
        expect((await scene.as('ada', 'admin', '/pause', sent)).status).toBe(200)
        expect(scene.staged.calls).toEqual([PAUSED])
      }
    })

    it.each<readonly [string, BodyReader]>([
      ['nowhere', readerThatKeeps(() => undefined)],
      ['nowhere, and an empty object stands for it', readerThatKeeps(() => ({}))],
      ['nowhere, and an object without a prototype stands for it', readerThatKeeps(() => Object.create(null))],
      ['nowhere, and an empty instance stands for it', readerThatKeeps(() => new (class Body {})())],
    ])('is refused with its cause where it is kept %s', async (_where, reader) => {
      const scene = await openScene(serveAfter(reader))
      for (const sent of [PAUSE, { ...PAUSE, chunked: true } as const]) {
        expect(await scene.as('ada', 'admin', '/pause', sent)).toMatchObject({
          status: 500,
          json: { code: 'BODY_ALREADY_READ', detail: expect.stringContaining('req.body') },
        })
      }
      expect(scene.staged.calls).toEqual([])
      expect(scene.reported.map(({ error }) => error)).toEqual(
        Array(2).fill(expect.objectContaining({ code: 'BODY_ALREADY_READ' })),
      )
    })

    it('may be an empty object, with spaces in it', async () => {
      const scene = await openScene(serveAfter(readerThatKeeps((text) => JSON.parse(text))))
      const headers = { 'content-type': 'application/json' }
      for (const body of ['{}', '{ }', '{\r\n}'])
        expect((await scene.as('ada', 'admin', '/start', { method: 'POST', headers, body })).status).toBe(200)
      expect(scene.staged.calls).toEqual(Array(3).fill('start {"by":"ada"}'))
    })

    it('may be none', async () => {
      const scene = await openScene(serveAfter(readerThatKeeps(() => undefined)))
      const empty: readonly Sent[] = [{}, { body: '' }, { body: '', chunked: true }]
      for (const sent of empty) {
        const answer = await scene.as('ada', 'admin', '/start', { method: 'POST', ...sent })
        expect(answer).toMatchObject({ status: 200 })
      }
      expect(scene.staged.calls).toEqual(Array(3).fill('start {"by":"ada"}'))
    })

    it('does not matter to a route that takes none', async () => {
      const scene = await openScene(serveAfter(readerThatKeeps(() => undefined)))
      expect((await scene.as('ada', 'admin', '/status', { body: 'x' })).status).toBe(200)
    })
  })
}

function readerThatKeeps(toBody: (text: string) => unknown): BodyReader {
  return (incoming, _outgoing, next) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk))
    incoming.once('end', () => {
      const text = Buffer.concat(chunks).toString()
      if (text !== '') Object.assign(incoming, { body: toBody(text) })
      next()
    })
  }
}
