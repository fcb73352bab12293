import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttp2Server, connect as openSession } from 'node:http2'
import { type AddressInfo, connect, type Server } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, it, onTestFinished } from 'vitest'

import { toNodeListener } from './to-node-listener.ts'

it('sends several cookies as several headers, and every other header once', async () => {
  const headers = new Headers({ 'x-one': 'a' })
  headers.append('x-one', 'b')
  headers.append('set-cookie', 'session=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT')
  headers.append('set-cookie', 'seen=1')
  const port = await listen(createServer(toNodeListener(async () => new Response('ok', { headers }))))
  const answer = await fetch(`http://127.0.0.1:${port}`)
  expect(answer.headers.getSetCookie()).toEqual(['session=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'seen=1'])
  expect(answer.headers.get('x-one')).toBe('a, b')
})

it.each(['ada:secret@host', 'ada@host', 'host/admin?', 'host#', 'host\\admin', '[::1', 'ho st', 'host:x'])(
  'answers 400 to the host %s, and goes on serving',
  async (host) => {
    const { asked, listener } = createListener()
    const port = await listen(createServer(listener))
    expect(await ask(port, host)).toMatch(/^HTTP\/1\.1 400 /)
    expect(asked).toEqual([])
    expect(await ask(port, 'host')).toMatch(/^HTTP\/1\.1 200 /)
    expect(asked).toEqual(['GET http://host/public'])
  },
)

it.each([
  ['', 'http://localhost/public'],
  ['[::1]:8080', 'http://[::1]:8080/public'],
  ['ops.example.com:8080', 'http://ops.example.com:8080/public'],
])('takes the host "%s"', async (host, url) => {
  const { asked, listener } = createListener()
  await ask(await listen(createServer(listener)), host)
  expect(asked).toEqual([`GET ${url}`])
})

it.each(['TRACK', 'trace'])('answers 400 over HTTP/2 to the method %s, which no Request can have', async (method) => {
  const { asked, listener } = createListener()
  const server = createHttp2Server(listener as never)
  const session = openSession(`http://127.0.0.1:${await listen(server)}`)
  onTestFinished(() => session.destroy())
  for (const [sent, status] of [[method, 400] as const, ['GET', 200] as const]) {
    const stream = session.request({ ':path': '/public', ':method': sent }).end()
    const [answer] = (await once(stream, 'response')) as [{ readonly ':status': number }]
    stream.resume()
    expect(answer[':status']).toBe(status)
  }
  expect(asked).toHaveLength(1)
})

it('says that nobody waits when the caller had gone before it was called', async () => {
  const aborted = Promise.withResolvers<boolean>()
  const listener = toNodeListener(async ({ signal }) => {
    aborted.resolve(signal.aborted)
    return new Response('ok')
  })
  const server = createServer((incoming, outgoing) => {
    outgoing.once('close', () => listener(incoming, outgoing))
    caller.destroy()
  })
  const caller = connect(await listen(server), '127.0.0.1').end('GET /public HTTP/1.1\r\nhost: host\r\n\r\n')
  expect(await aborted.promise).toBe(true)
})

it('hands on what the host has put on the request', async () => {
  const listener = toNodeListener(
    async (_request, incoming) => new Response('user' in incoming ? `${incoming.user}` : ''),
  )
  const server = createServer((incoming, outgoing) => listener(Object.assign(incoming, { user: 'ada' }), outgoing))
  expect(await (await fetch(`http://127.0.0.1:${await listen(server)}`)).text()).toBe('ada')
})

function createListener() {
  const asked: string[] = []
  const listener: RequestListener = toNodeListener(async ({ method, url }) => {
    asked.push(`${method} ${url}`)
    return new Response('ok')
  })
  return { asked, listener }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** As no client would write it. */
async function ask(port: number, host: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`GET /public HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}
