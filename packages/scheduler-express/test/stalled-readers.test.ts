import { once } from 'node:events'
import { createServer } from 'node:http'
import { Duplex } from 'node:stream'

import { createManualClock } from '@pm/scheduler-testing'
import { createStagedScheduler } from '@pm/testlab'
import express from 'express'
import { expect, it } from 'vitest'

import { adminSchedulerRouter, createStreamLimits } from '../src/index.ts'
import { memoryInUse } from './memory-in-use.ts'

const READERS = 500
const SECOND = 1_000
/** Stalled connections fill up within a few seconds and are cut off after 30. */
const ROUND_SECONDS = 45
/** An hour in a soak. */
const ROUNDS = (process.env['SOAK'] === '1' ? 3_600 : 135) / ROUND_SECONDS
/** More than the comment with which a stream begins. */
const TAKES_BYTES = 6_144
const FRAME_BYTES = 1_024
const MIB = 1_048_576

it('cuts off stalled readers each time they reconnect, keeps little memory for them and none after they are gone', async () => {
  const clock = createManualClock()
  const staged = createStagedScheduler()
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const limits = createStreamLimits({ total: READERS, perPrincipal: READERS })
  const router = adminSchedulerRouter(staged.scheduler, { authorize, clock, live: { limits } })
  const server = createServer(express().use(router))
  const { listeners } = staged
  const idleTimers = clock.pendingTimers

  /** Runs one round. Returns the bytes in use while all connections are full. */
  async function stall(): Promise<number> {
    let during = 0
    const readers = Array.from({ length: READERS }, () => {
      const reader = new StalledConnection()
      server.emit('connection', reader)
      return reader
    })
    // As many connections as the limit allows: those of the round before have ended.
    expect(new Set(await Promise.all(readers.map(({ status }) => status)))).toEqual(new Set([200]))
    for (let second = 0; second < ROUND_SECONDS; second++) {
      staged.advance()
      await clock.advance(SECOND)
      if (second === 20) {
        expect(readers.filter(({ destroyed }) => destroyed)).toEqual([])
        during = memoryInUse()
        const waiting = readers.map(({ writableLength }) => writableLength)
        expect(Math.min(...waiting)).toBeGreaterThan(TAKES_BYTES)
        expect(Math.max(...waiting)).toBeLessThan(TAKES_BYTES + FRAME_BYTES)
      }
    }
    await Promise.all(readers.map(({ gone }) => gone))
    return during
  }

  // Measured after the first round, which also allocates compiled code and caches.
  await stall()
  const before = memoryInUse()
  for (let round = 1; round < ROUNDS; round++) {
    const during = await stall()
    expect(during - before).toBeLessThan(64 * MIB)
    expect(staged.listeners).toBe(listeners)
  }
  await expect.poll(() => clock.pendingTimers).toBe(idleTimers)
  expect(memoryInUse() - before).toBeLessThan(8 * MIB)
})

/** A connection that requests a stream, reads the first bytes of the response, and then reads nothing more. */
class StalledConnection extends Duplex {
  readonly status: Promise<number>
  readonly gone: Promise<unknown>
  #tell: (status: number) => void = () => {}

  constructor() {
    super({ writableHighWaterMark: TAKES_BYTES })
    this.status = new Promise((resolve) => {
      this.#tell = resolve
    })
    this.gone = once(this, 'close')
    this.push('GET /events HTTP/1.1\r\nhost: x\r\n\r\n')
  }

  override _read(): void {}

  override _write(head: Buffer): void {
    this.#tell(Number(head.toString('latin1', 9, 12)))
  }
}
