import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTcpProxy } from './tcp-proxy.ts'

describe('a TCP proxy', () => {
  it('passes everything on, large answers and ends included', async () => {
    const { proxy, dial } = await setUp()
    const client = await dial()
    client.write('hello')
    expect(await say(client)).toBe('HELLO')
    const large = 'x'.repeat(5_000_000)
    client.end(large)
    let length = 0
    for await (const chunk of client) length += chunk.length
    expect(length).toBe(large.length)
    expect(proxy.accepted).toBe(1)
  })

  it('resets open connections, and new ones at once', async () => {
    const { proxy, dial } = await setUp()
    const client = await dial()
    client.write('hello')
    await say(client)
    const failed = errorOf(client)
    proxy.set({ kind: 'reset' })
    expect(await failed).toMatchObject({ code: 'ECONNRESET' })
    expect(proxy.connections).toBe(0)

    const late = connect(proxy.port, proxy.host)
    expect(await errorOf(late)).toMatchObject({ code: 'ECONNRESET' })
    proxy.set({ kind: 'pass' })
    const again = await dial()
    again.write('back')
    expect(await say(again)).toBe('BACK')
  })

  it('swallows what is said while it is a black hole, tells nobody, and gives it back when it heals', async () => {
    const { proxy, dial, heard } = await setUp()
    const client = await dial()
    client.write('before')
    await say(client)
    proxy.set({ kind: 'black-hole' })
    client.write(' lost?')
    const fresh = await dial()
    fresh.write('anyone?')
    const silence = await Promise.race([say(client), say(fresh), setTimeout(150, 'silence')])
    expect(silence).toBe('silence')
    expect(heard()).toBe('before')
    expect(proxy.connections).toBe(2)
    proxy.set({ kind: 'pass' })
    await until(() => heard().includes(' lost?') && heard().includes('anyone?'))
  })

  it('delays each way by what it is told, and keeps the order', async () => {
    const { proxy, dial } = await setUp()
    proxy.set({ kind: 'latency', ms: 40 })
    const client = await dial()
    const began = performance.now()
    client.write('a')
    await setTimeout(5)
    client.write('b')
    let text = ''
    while (text.length < 2) text += await say(client)
    expect(text).toBe('AB')
    expect(performance.now() - began).toBeGreaterThanOrEqual(79)
  })

  it('cuts an answer off after so many bytes', async () => {
    const { proxy, dial } = await setUp()
    const client = await dial()
    proxy.set({ kind: 'cut', afterBytes: 7 })
    const failed = errorOf(client)
    let text = ''
    client.on('data', (chunk: Buffer) => (text += chunk.toString()))
    client.write('hello world')
    expect(await failed).toMatchObject({ code: 'ECONNRESET' })
    expect('HELLO W'.startsWith(text)).toBe(true)
    expect(text.length).toBeLessThanOrEqual(7)
  })

  it('leaves nothing behind when it is closed', async () => {
    const { proxy, dial } = await setUp()
    const clients = await Promise.all([dial(), dial(), dial()])
    const errors = clients.map(errorOf)
    await proxy.close()
    await Promise.all(errors)
    expect(proxy.connections).toBe(0)
    expect(await errorOf(connect(proxy.port, proxy.host))).toMatchObject({ code: 'ECONNREFUSED' })
  })
})

/** A server that answers in capitals, with a proxy in front of it. */
async function setUp() {
  let everything = ''
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      everything += chunk.toString()
      socket.write(chunk.toString().toUpperCase())
    })
    socket.on('end', () => socket.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port } })
  onTestFinished(async () => {
    await proxy.close().catch(() => {})
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    proxy,
    heard: () => everything,
    async dial() {
      const client = connect(proxy.port, proxy.host)
      onTestFinished(() => void client.destroy())
      await once(client, 'connect')
      return client
    },
  }
}

async function say(client: Socket): Promise<string> {
  const [chunk] = (await once(client, 'data')) as [Buffer]
  return chunk.toString()
}

async function errorOf(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    socket.on('error', resolve)
    socket.resume()
  })
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(1)
}
