import { describe, expect, it } from 'vitest'

import { createMemoryBackend } from './memory/create-memory-backend.ts'
import type { MemorySession } from './memory/memory-session.ts'
import type { Engine } from './ports/engine.ts'
import { every } from './schedule/every.ts'
import { createScheduler } from './scheduler.ts'
import { createWorker } from './worker.ts'

const engine: Engine<MemorySession> = {
  name: 'none',
  capabilities: { transactional: true },
  open: async () => {},
  ensureQueues: async () => {},
  dispatch: async () => {},
  cancel: async () => {},
  consume: async () => ({ stop: async () => {} }),
  close: async () => {},
}
const poll = { name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }
const valid = () => ({ name: 'main', jobs: [poll], engine, ...createMemoryBackend() })

describe('a worker', () => {
  it.each<readonly [string, unknown, object]>([
    ['nothing', undefined, { path: 'worker' }],
    [
      'no engine',
      { engine: undefined },
      { path: 'worker.engine', expected: 'an engine such as createPgBossEngine() makes' },
    ],
    ['an engine without calls', { engine: { name: 'x', capabilities: {} } }, { path: 'worker.engine' }],
    ['an engine of another kind', { engine: { start() {}, dispatch() {}, stop() {} } }, { path: 'worker.engine' }],
    ['no list of jobs', { jobs: undefined }, { path: 'worker.jobs' }],
    ['two jobs of one name', { jobs: [poll, poll] }, { path: 'worker.jobs[1].name' }],
    ['a role', { role: 'worker' }, { path: 'worker.role' }],
    ['feeds', { feeds: { describe: () => [] } }, { path: 'worker.feeds' }],
    ['health reasons', { healthReasons: () => [] }, { path: 'worker.healthReasons' }],
    ['metrics', { metrics: [] }, { path: 'worker.metrics' }],
    ['a budget of questions', { reads: {} }, { path: 'worker.reads' }],
    ['a timeout of its queue', { queueTimeoutMs: 1_000 }, { path: 'worker.queueTimeoutMs' }],
    ['no place', { concurrency: 0 }, { path: 'worker.concurrency' }],
    ['a queue with a slash', { jobs: [{ ...poll, queue: 'a/b' }] }, { path: 'worker.jobs[0].queue' }],
  ])('is refused with %s, and the refusal says where', (_, wrong, details) => {
    const options = wrong === undefined ? wrong : { ...valid(), ...(wrong as object) }
    expect(thrownBy(() => createWorker(options as never))).toMatchObject({ code: 'INVALID_OPTIONS', details })
  })

  it('needs no more than its jobs, a store and an engine', () => {
    const worker = createWorker(valid())
    expect(worker).toMatchObject({ name: 'main', isOpen: false, state: 'stopped' })
    expect(worker.health).toEqual({
      reasons: ['SCHEDULER_NOT_OPEN'],
      running: 0,
      concurrency: 50,
      droppedMessages: 0,
      leftMessages: 0,
    })
  })
})

describe('a scheduler', () => {
  it.each<readonly [string, object, object]>([
    ['the role of a worker', { role: 'worker' }, { path: 'scheduler.role' }],
    ['an engine of another kind', { engine: { start() {}, dispatch() {}, stop() {} } }, { path: 'scheduler.engine' }],
    ['a short timeout of its queue', { queueTimeoutMs: 99 }, { path: 'scheduler.queueTimeoutMs' }],
    ['an engine as an observer', { role: 'observer', jobs: undefined, engine }, { path: 'scheduler.engine' }],
  ])('is refused with %s', (_, wrong, details) => {
    const options = { ...valid(), engine: undefined, ...wrong }
    expect(thrownBy(() => createScheduler(options as never))).toMatchObject({ code: 'INVALID_OPTIONS', details })
  })
})

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return null
}
