import { once } from 'node:events'
import { connect } from 'node:net'

import { describe, expect, it, onTestFinished } from 'vitest'

import { hasRedis, type Redis, startRedis } from './start-redis.ts'

/** Sends commands in Redis's inline form, and resolves with the lines that it answers with, one for each. */
async function ask({ port }: Redis, ...commands: readonly string[]): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  await once(socket, 'connect')
  socket.write(commands.map((command) => `${command}\r\n`).join(''))
  let said = ''
  for await (const chunk of socket) {
    said += chunk
    if (said.split('\r\n').length > commands.length) break
  }
  return said.trim().split('\r\n')
}

async function start(options?: Parameters<typeof startRedis>[0]): Promise<Redis> {
  const redis = await startRedis(options)
  onTestFinished(redis.stop)
  return redis
}

describe.skipIf(!hasRedis('its own start, stop and restart'))('Redis for tests', () => {
  it('keeps its memory or loses it, as it is told', async () => {
    const redis = await start()
    expect(await ask(redis, 'INCR runs')).toEqual([':1'])
    await redis.restart('kept')
    expect(await ask(redis, 'INCR runs')).toEqual([':2'])
    await redis.restart('lost')
    expect(await ask(redis, 'INCR runs')).toEqual([':1'])
    await redis.kill()
    await expect(ask(redis, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await redis.kill()
    await redis.start()
    expect(await ask(redis, 'INCR runs')).toEqual([':1'])
    await expect(redis.start()).rejects.toThrow('Redis is running.')
  })

  it('asks for its password', async () => {
    const redis = await start({ password: 'p@ss/word' })
    expect(redis.url).toBe(`redis://:p%40ss%2Fword@127.0.0.1:${redis.port}`)
    expect(await ask(redis, 'PING', 'AUTH p@ss/word', 'PING')).toEqual([
      '-NOAUTH Authentication required.',
      '+OK',
      '+PONG',
    ])
  })

  it('says why it does not start', async () => {
    await expect(start({ settings: ['--maxmemory', 'much'] })).rejects.toThrow(/argument must be a memory value/)
  })
})
