import { expect, it } from 'vitest'

import { SchedulerError } from '../errors.ts'
import type { Engine, RunMessage } from '../ports/engine.ts'
import { silentLogger } from '../ports/logger.ts'
import { createEngineHealth } from './engine-health.ts'
import { createEngineQueues } from './engine-queues.ts'

const REFUSED = new SchedulerError('ENGINE_UNSUPPORTED', {
  engine: 'test',
  found: 'a foreign queue',
  supported: 'ours',
})
const AWAY = new SchedulerError('ENGINE_UNAVAILABLE', { engine: 'test', operation: 'ensureQueues' })

function stage(fails: Record<string, Error>) {
  const ensureQueues = async (queues: readonly string[]) => {
    for (const queue of queues) if (fails[queue]) throw fails[queue]
  }
  const engine = { name: 'test', ensureQueues } as unknown as Engine<object>
  return createEngineQueues(engine, createEngineHealth({ name: 'test', logger: silentLogger }))
}

const to = (queue: string) => ({ id: queue, queue }) as unknown as RunMessage

it('leaves out the messages for a queue that the engine refuses, until it takes it', async () => {
  const fails: Record<string, Error> = { foreign: REFUSED }
  const queues = stage(fails)
  const both = [to('foreign'), to('ours')]
  expect(() => queues.assertMade(both)).toThrow(expect.objectContaining({ code: 'ENGINE_QUEUE_MISSING' }))
  await queues.ensureOrNote()
  expect(queues.accepted(both)).toEqual([to('ours')])
  expect(() => queues.assertMade(queues.accepted(both))).not.toThrow()
  await queues.tryRefused()
  expect(queues.hasRefused).toBe(true)
  delete fails['foreign']
  await queues.tryRefused()
  expect([queues.hasRefused, queues.accepted(both)]).toEqual([false, both])
  expect(() => queues.assertMade(both)).not.toThrow()
})

it('rejects while the engine is away, and leaves nothing out', async () => {
  const queues = stage({ ours: AWAY })
  await expect(queues.ensureOrNote(['ours'])).rejects.toBe(AWAY)
  expect(queues.hasRefused).toBe(false)
})
