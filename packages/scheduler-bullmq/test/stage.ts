import { inspect } from 'node:util'

import type { Logger, RunId } from '@pm/scheduler-core'
import { type Engine, type RunConsumer, type RunMessage, randomRunId } from '@pm/scheduler-core/store'
import { type Redis, type StartRedisOptions, startRedis } from '@pm/testlab/redis'
import { expect, onTestFinished } from 'vitest'

import { type BullmqEngineOptions, createBullmqEngine } from '../src/index.ts'

export const SCHEDULER = 'own'

export async function openRedis(options?: StartRedisOptions): Promise<Redis> {
  const redis = await startRedis(options)
  onTestFinished(redis.stop)
  return redis
}

export interface TestEngine {
  readonly engine: Engine<null>
  /** Everything that it logged, as a log that shows all would write it. */
  readonly logged: readonly string[]
  open(): Promise<void>
}

/** An engine that is closed after the test. */
export function engineOn(connection: BullmqEngineOptions['connection']): TestEngine {
  const logged: string[] = []
  const log = (...line: readonly unknown[]) => void logged.push(inspect(line, { depth: null, showHidden: true }))
  const logger: Logger = { debug: log, info: log, warn: log, error: log }
  const engine = createBullmqEngine<null>({ connection })
  onTestFinished(engine.close.bind(engine))
  return { engine, logged, open: () => engine.open({ scheduler: SCHEDULER, logger }) }
}

export function message(changes: Partial<RunMessage> = {}): RunMessage {
  return { id: randomRunId(), scheduler: SCHEDULER, job: 'poll', queue: 'default', priority: 0, ...changes }
}

export interface TestConsumer extends RunConsumer<null> {
  /** In the order in which they came. */
  readonly taken: RunId[]
  /** How many it has places for. May be changed. */
  places: number
}

/** A worker that takes over whatever it is brought, in places that are free again at once. */
export function consumer(changes: Partial<RunConsumer<null>> = {}): TestConsumer {
  const taken: RunId[] = []
  return {
    queues: ['default'],
    taken,
    places: 10,
    get concurrency() {
      return this.places
    },
    get room() {
      return this.places
    },
    whenRoom: async () => {},
    async takeOver({ fetch }) {
      const ids = await fetch(null, this.places)
      taken.push(...ids)
      return { taken: ids, left: [], dropped: [] }
    },
    ...changes,
  }
}

export const until = (isSo: () => boolean, timeout = 10_000) => expect.poll(isSo, { timeout, interval: 10 }).toBe(true)
