import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createReadGate } from './read-gate.ts'

interface Opened {
  readonly places?: number
  readonly queue?: number
  readonly waitMs?: number
}

/** A gate, and questions whose answers settle when they are told to. */
function openGate({ places = 2, queue = 4, waitMs = 5_000 }: Opened = {}) {
  const clock = createManualClock()
  const gate = createReadGate({ places: () => places, queue, waitMs, clock })
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()
  function ask(name: string, by: string | null = 'ada', signal?: AbortSignal): Promise<string> {
    const end = Promise.withResolvers<string>()
    ends.set(name, end)
    const asked = gate.run({ by, signal }, () => {
      begun.push(name)
      return end.promise
    })
    asked.catch(() => {})
    return asked
  }
  async function settle(name: string): Promise<void> {
    ends.get(name)?.resolve(name)
    await new Promise(setImmediate)
  }
  return { clock, gate, begun, ask, settle, fail: (name: string, error: Error) => ends.get(name)?.reject(error) }
}

describe('the gate of questions', () => {
  it('answers as many at a time as it has places, and the next one when a place is free', async () => {
    const { gate, begun, ask, settle } = openGate({ places: 2 })
    const asked = ['a', 'b', 'c', 'd'].map((name) => ask(name, null))
    expect(begun).toEqual(['a', 'b'])
    expect(gate).toMatchObject({ running: 2, waiting: 2 })
    await settle('b')
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'c', 'd']) await settle(name)
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c', 'd'])
    expect(gate).toMatchObject({ running: 0, waiting: 0 })
  })

  it('frees the place of an answer that fails, and rejects with its error', async () => {
    const { gate, begun, ask, settle, fail } = openGate({ places: 1 })
    const failing = ask('a')
    void ask('b')
    fail('a', new Error('no'))
    await expect(failing).rejects.toThrow('no')
    await settle('a')
    expect(begun).toEqual(['a', 'b'])
    expect(gate.running).toBe(1)
  })

  it('lets the principal go first that has the fewest answers under way', async () => {
    const { begun, ask, settle } = openGate({ places: 2, queue: 8 })
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask(name, 'ada')
    void ask('b1', 'bob')
    await settle('a1')
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await settle('a2')
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('refuses at once what finds no place to wait, and what would take more than half of them for one principal', async () => {
    const { ask, gate } = openGate({ places: 1, queue: 4 })
    void ask('under way', 'ada')
    for (const name of ['a1', 'a2']) void ask(name, 'ada')
    await expect(ask('a3', 'ada')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 })
    for (const name of ['b1', 'b2']) void ask(name, 'bob')
    await expect(ask('c1', 'eve')).rejects.toMatchObject({ code: 'READS_BUSY', status: 503 })
    void ask('host', null)
    expect(gate).toMatchObject({ running: 1, waiting: 5 })
  })

  it('refuses what has waited too long, and never begins it', async () => {
    const { clock, gate, begun, ask, settle } = openGate({ places: 1, waitMs: 5_000 })
    void ask('a')
    const late = ask('late')
    await clock.advance(4_999)
    expect(gate.waiting).toBe(1)
    await clock.advance(1)
    await expect(late).rejects.toMatchObject({ code: 'READS_BUSY' })
    expect(gate.waiting).toBe(0)
    await settle('a')
    expect(begun).toEqual(['a'])
  })

  it('lets go of one whose caller has gone, with the reason of its signal, and never begins it', async () => {
    const { gate, begun, ask, settle } = openGate({ places: 1 })
    const reason = new Error('hung up')
    const gone = new AbortController()
    void ask('a')
    const abandoned = ask('abandoned', 'bob', gone.signal)
    gone.abort(reason)
    await expect(abandoned).rejects.toBe(reason)
    await expect(ask('too late', 'bob', gone.signal)).rejects.toBe(reason)
    expect(gate.waiting).toBe(0)
    await settle('a')
    expect(begun).toEqual(['a'])
  })

  it('keeps no timer once everybody is answered', async () => {
    const { clock, ask, settle } = openGate({ places: 1 })
    const asked = [ask('a'), ask('b')]
    for (const name of ['a', 'b']) await settle(name)
    await Promise.all(asked)
    expect(clock.pendingTimers).toBe(0)
  })

  it('holds for any crowd: never more than the places, nobody lost, nobody twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        CROWD,
        fc.infiniteStream(fc.nat()),
        async (places, by, picks) => {
          const { gate, begun, ask, settle } = openGate({ places, queue: 100 })
          const asked = by.map((name, at) => ask(String(at), name))
          const settled = new Set<string>()
          const open = () => begun.filter((name) => !settled.has(name))
          for (let left = by.length; left > 0; left--) {
            expect(open()).toHaveLength(Math.min(places, left))
            const next = open()[(picks.next().value ?? 0) % open().length] ?? ''
            settled.add(next)
            await settle(next)
          }
          expect(await Promise.all(asked)).toEqual(by.map((_, at) => String(at)))
          expect(new Set(begun).size).toBe(begun.length)
          expect(gate).toMatchObject({ running: 0, waiting: 0 })
        },
      ),
    )
  })
})

const CROWD = fc.array(fc.constantFrom('ada', 'bob', 'eve', null), { maxLength: 30 })
