import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { silentLogger } from '../../ports/logger.ts'
import type { SchedulerSnapshot } from '../../reading/snapshot.ts'
import { createEmitter } from '../../state/emitter.ts'
import { createEventHub } from './event-hub.ts'
import { createFramesV1 } from './frames-v1.ts'
import type { LiveOptions } from './live-options.ts'
import { createStatusAnswers } from './status-answers.ts'
import { createStreamLimits } from './stream-limits.ts'

describe('the event hub', () => {
  it('hands every reader the very same bytes', async () => {
    const { connect, change, clock } = openHub()
    const readers = [await connect(), await connect()]
    change()
    await clock.advance(1_000)
    const [first, second] = readers.map(({ chunks }) => chunks)
    expect(first).toHaveLength(3)
    expect(first?.at(-1)).toBe(second?.at(-1))
  })

  it('writes nothing but comments and single lines of JSON, with ids of digits and a dash', async () => {
    const { connect, change, clock } = openHub({ text: 'two\nlines\r\nand\u2028more\u2029 data: x' })
    const { text } = await connect()
    change()
    await clock.advance(20_000)
    for (const block of text().split('\n\n').slice(0, -1))
      expect(block).toMatch(/^(: *|id: \d+-\d+\nevent: status\ndata: \{"n":\d+,"text":"[^\r\n]*"\})$/)
  })

  it('keeps at most one frame for a reader that is full: the latest', async () => {
    const { connect, change, clock } = openHub()
    const reader = await connect()
    reader.fill()
    for (let step = 0; step < 10; step++) {
      change()
      await clock.advance(1_000)
    }
    // The first frame filled the reader up.
    expect(reader.ids()).toEqual(['1-1', '1-2'])
    reader.drain()
    expect(reader.ids()).toEqual(['1-1', '1-2', '1-11'])
    reader.drain()
    change()
    await clock.advance(1_000)
    expect(reader.ids()).toEqual(['1-1', '1-2', '1-11', '1-12'])
  })

  it('cuts off a reader that has not drained for 30 seconds, and no other', async () => {
    const { connect, change, clock, limits } = openHub()
    const [stalled, slow, quick] = [await connect(), await connect(), await connect()]
    stalled.fill()
    slow.fill()
    change()
    await clock.advance(29_000)
    expect(stalled.state()).toBe('open')
    slow.drain()
    await clock.advance(2_000)
    expect([stalled.state(), slow.state(), quick.state()]).toEqual(['destroyed', 'open', 'open'])
    // The place of the reader that was cut off is free.
    expect(() => [limits.take('x'), limits.take('x')]).not.toThrow()
  })

  it('sends no heartbeat to a full reader', async () => {
    const { connect, change, clock } = openHub()
    const reader = await connect()
    reader.fill()
    change()
    await clock.advance(1_000)
    const before = reader.chunks.length
    await clock.advance(28_000)
    expect(reader.chunks).toHaveLength(before)
  })

  it('does not wait for a full reader when it ends', async () => {
    const { connect, change, clock, hub } = openHub()
    const [full, fine] = [await connect(), await connect()]
    full.fill()
    change()
    await clock.advance(1_000)
    hub.close()
    expect([full.state(), fine.state()]).toEqual(['destroyed', 'ended'])
    await expect(connect()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
    await clock.advance(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('ends a stream that opens after the end, and forgets one that never opens', async () => {
    const { hub, limits } = openHub({ limits: createStreamLimits({ total: 2 }) })
    const reader = { principal: 'ada', lastEventId: null }
    const [opened, never] = [await hub.connect(reader), await hub.connect(reader)]
    hub.close()
    const sink = fakeSink()
    opened.open(sink)
    expect(sink.state()).toBe('ended')
    never.closed()
    never.closed()
    expect(() => [limits.take('x'), limits.take('x')]).not.toThrow()
    expect(() => limits.take('x')).toThrow(expect.objectContaining({ code: 'TOO_MANY_STREAMS' }))
  })

  it('admits exactly as many readers as its limit, however many come at once', async () => {
    const { hub } = openHub({ limits: createStreamLimits({ total: 100 }) })
    const waves = [500, 500]
    for (const size of waves) {
      const all = await Promise.allSettled(
        Array.from({ length: size }, (_, n) => hub.connect({ principal: `p${n}`, lastEventId: null })),
      )
      const streams = all.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      expect(streams).toHaveLength(100)
      for (const stream of streams) stream.closed()
    }
  })

  it('leaves no listener on the scheduler when it is closed', async () => {
    const { connect, hub, listeners } = openHub()
    await connect()
    expect(listeners()).toBeGreaterThan(0)
    hub.close()
    expect(listeners()).toBe(0)
  })

  it('asks for no snapshot while nobody listens', async () => {
    const { connect, clock, taken } = openHub()
    const reader = await connect()
    await clock.advance(3_000)
    reader.stream.closed()
    const before = taken()
    await clock.advance(60_000)
    expect(taken()).toBe(before)
    expect(clock.pendingTimers).toBe(0)
  })
})

interface HubOptions extends LiveOptions {
  readonly text?: string
}

function openHub({ text = '', limits = createStreamLimits({ total: 4 }), ...live }: HubOptions = {}) {
  const clock = createManualClock()
  const events = createEmitter(silentLogger)
  let sequence = 1
  let snapshots = 0
  let listeners = 0
  const hub = createEventHub({
    scheduler: {
      on(event, listener) {
        const off = events.on(event, listener)
        listeners++
        return () => {
          listeners--
          off()
        }
      },
      async snapshot() {
        snapshots++
        return { snapshot: { id: `1-${sequence}` } as SchedulerSnapshot, stale: false, ageMs: 0 }
      },
    },
    frames: createFramesV1(createStatusAnswers({ project: () => ({ n: sequence, text }), label: 'test' })),
    clock,
    live: { limits, ...live },
  })
  onTestFinished(() => hub.close())
  return {
    hub,
    clock,
    limits,
    taken: () => snapshots,
    listeners: () => listeners,
    change: () => {
      sequence++
    },
    async connect() {
      const stream = await hub.connect({ principal: 'ada', lastEventId: null })
      const sink = fakeSink()
      stream.open(sink)
      return {
        ...sink,
        stream,
        drain() {
          sink.empty()
          stream.drained()
        },
      }
    },
  }
}

/** A transport that is full when the story says so. */
function fakeSink() {
  const chunks: Uint8Array[] = []
  const text = () => Buffer.concat(chunks).toString()
  let full = false
  let state = 'open'
  return {
    chunks,
    text,
    ids: () => [...text().matchAll(/^id: (.*)$/gm)].map(([, id]) => id),
    state: () => state,
    fill: () => {
      full = true
    },
    empty: () => {
      full = false
    },
    write(bytes: Uint8Array) {
      chunks.push(bytes)
      return !full
    },
    end: () => {
      state = 'ended'
    },
    destroy: () => {
      state = 'destroyed'
    },
  }
}
