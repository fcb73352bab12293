import { closeWith } from '@pm/scheduler-core/http'
import { expect, test } from 'vitest'

import { UserError } from '../user-error.ts'
import { openHttpServer } from './http-server.ts'

const anyPort = { host: '127.0.0.1', port: 0 }

test('the server takes the port at once and answers 503 until the application is ready', async () => {
  const server = await openHttpServer(anyPort)
  const early = await fetch(`${server.url}/health/ready`)
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1'])
  server.serve((_request, response) => response.end('ready'))
  expect(await (await fetch(server.url)).text()).toBe('ready')
  await closeWith(server.node, [])
})

test('a port in use is reported before anything else is started', async () => {
  const server = await openHttpServer(anyPort)
  const port = Number(new URL(server.url).port)
  const second = openHttpServer({ host: '127.0.0.1', port })
  await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use by another program.`)
  await expect(second).rejects.toBeInstanceOf(UserError)
  await closeWith(server.node, [])
})

test('an address of another machine is reported', async () => {
  await expect(openHttpServer({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
    '192.0.2.1 is no address of this machine.',
  )
})

test('closing cuts off an answer that takes too long, and can be repeated', async () => {
  const server = await openHttpServer(anyPort)
  const asked = Promise.withResolvers<void>()
  server.serve(() => asked.resolve())
  const hanging = fetch(server.url).then(
    () => 'answered',
    () => 'cut off',
  )
  await asked.promise
  await closeWith(server.node, [], { graceMs: 10 })
  await closeWith(server.node, [], { graceMs: 10 })
  expect(await hanging).toBe('cut off')
})
