import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { SchedulerError } from '../../errors.ts'
import type { SchedulerSnapshot } from '../../reading/snapshot.ts'
import { createFramesV1 } from './frames-v1.ts'
import { createScopedHubs } from './scoped-hubs.ts'
import { createStatusAnswers } from './status-answers.ts'
import { createStreamLimits } from './stream-limits.ts'

const READER = { principal: 'sam', lastEventId: null }

describe('the streams of those who are told of some jobs', () => {
  it('begin with the status of these jobs, and leave nothing behind', async () => {
    const { hubs, schedulerOf, listeners } = open()
    const streams = await Promise.all(['mine', 'yours'].map((job) => hubs.of(schedulerOf(job)).connect(READER)))
    const texts = streams.map((stream) => {
      const chunks: Uint8Array[] = []
      stream.open({ write: (chunk) => chunks.push(chunk) > 0, end: () => {}, destroy: () => {} })
      return Buffer.concat(chunks).toString()
    })
    expect(texts[0]).toContain('data: {"job":"mine"}')
    expect(texts[1]).toContain('data: {"job":"yours"}')
    expect(listeners.size).toBeGreaterThan(0)
    for (const stream of streams) stream.closed()
    expect(listeners.size).toBe(0)
  })

  it('share the limits of all streams, and give their place back when they could not begin', async () => {
    const { hubs, schedulerOf, listeners } = open({ failing: true })
    for (let turn = 0; turn < 5; turn++)
      await expect(hubs.of(schedulerOf('mine')).connect(READER)).rejects.toThrow('STORE')
    expect(listeners.size).toBe(0)
    const limited = open()
    const connect = () => limited.hubs.of(limited.schedulerOf('mine')).connect(READER)
    await Promise.all([connect(), connect()])
    await expect(connect()).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS' })
  })

  it('end with the others, and begin no more', async () => {
    const { hubs, schedulerOf, listeners, main } = open()
    const stream = await hubs.of(schedulerOf('mine')).connect(READER)
    let hasEnded = false
    stream.open({
      write: () => true,
      end: () => {
        hasEnded = true
      },
      destroy: () => {},
    })
    main.isOpen = false
    hubs.close()
    expect([hasEnded, listeners.size]).toEqual([true, 0])
    await expect(hubs.of(schedulerOf('mine')).connect(READER)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
  })
})

function open({ failing = false } = {}) {
  const clock = createManualClock()
  const main = { isOpen: true }
  const listeners = new Set<object>()
  const statusOf = createStatusAnswers({ label: 'test', project: ({ snapshot }) => ({ job: snapshot.jobs[0]?.name }) })
  const hubs = createScopedHubs({
    main,
    frames: createFramesV1(statusOf),
    clock,
    live: { limits: createStreamLimits({ total: 2 }) },
  })
  const schedulerOf = (job: string) => ({
    async snapshot() {
      if (failing) throw new SchedulerError('STORE_UNAVAILABLE', { operation: 'STORE' })
      const snapshot = { id: '1-1', jobs: [{ name: job }] } as unknown as SchedulerSnapshot
      return { snapshot, stale: false, ageMs: 0 }
    },
    on() {
      const one = {}
      listeners.add(one)
      return () => void listeners.delete(one)
    },
  })
  return { hubs, schedulerOf, listeners, main }
}
