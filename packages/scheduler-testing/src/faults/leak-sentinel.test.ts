import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'

import { createLeakSentinel, type LeakSentinelOptions } from './leak-sentinel.ts'

describe('a leak sentinel', () => {
  it('is content with a test that cleans up, also when the closing takes a moment', async () => {
    const { sentinel } = watch({})
    const server = createServer().listen(0, '127.0.0.1')
    const timer = setInterval(() => {}, 10_000)
    setTimeout(() => {
      server.close()
      clearInterval(timer)
    }, 30)
    await sentinel.check()
  })

  it('reports a server that still listens and timers that still run', async () => {
    const { sentinel } = watch({ patienceMs: 30 })
    const server = createServer().listen(0, '127.0.0.1')
    // More than the test runner itself may set or end meanwhile.
    const timers = Array.from({ length: 10 }, () => setInterval(() => {}, 10_000))
    try {
      await expect(sentinel.check()).rejects.toThrow(/handle TCPServerWrap: 0 before, 1 after/)
      await expect(sentinel.check()).rejects.toThrow(/handle Timeout/)
    } finally {
      server.close()
      for (const timer of timers) clearInterval(timer)
    }
  })

  it('reports a signal handler that was installed', async () => {
    const { sentinel } = watch({ patienceMs: 30 })
    const onSignal = () => {}
    process.on('SIGUSR2', onSignal)
    try {
      await expect(sentinel.check()).rejects.toThrow('process listener for SIGUSR2: 0 before, 1 after')
    } finally {
      process.off('SIGUSR2', onSignal)
    }
  })

  it('reports gauges that did not come back, and waits for those that do', async () => {
    let open = 3
    const { sentinel } = watch({ patienceMs: 30, gauges: { 'open sessions': () => open } })
    open = 4
    await expect(sentinel.check()).rejects.toThrow('open sessions: 3 before, 4 after')
    sentinel.begin()
    open = 5
    setTimeout(() => (open = 4), 10)
    await sentinel.check()
  })

  it('reports a rejection that nobody handled', async () => {
    const others = process.rawListeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    try {
      const { sentinel } = watch({ patienceMs: 30 })
      void Promise.reject(new Error('forgotten'))
      await expect(sentinel.check()).rejects.toThrow('unhandled rejection: Error: forgotten')
    } finally {
      for (const listener of others) process.on('unhandledRejection', listener as () => void)
    }
  })

  it('leaves no listener of its own', async () => {
    const before = process.listenerCount('unhandledRejection')
    const { sentinel } = watch({})
    sentinel.begin()
    await sentinel.check()
    expect(process.listenerCount('unhandledRejection')).toBe(before)
  })
})

function watch(options: LeakSentinelOptions) {
  const sentinel = createLeakSentinel(options)
  sentinel.begin()
  return { sentinel }
}
