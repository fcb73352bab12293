import { setTimeout as wait } from 'node:timers/promises'

import { type Logger, silentLogger } from '@pm/scheduler-core'
import { type Engine, type RunMessage, randomRunId } from '@pm/scheduler-core/store'
import { onTestFinished, type TestContext } from 'vitest'

import type { CreateEngineHarness, EngineHarness, EngineSide } from './harness.ts'
import { RunLedger } from './run-ledger.ts'
import { TestWorker, type TestWorkerOptions } from './test-worker.ts'

/** What a story needs of the engine or of the harness; where it is missing the story is skipped and says so. */
export type EngineNeed = 'deleteQueue' | 'kill' | 'putForeign' | 'server' | 'transactional'

export interface EngineStage<S> {
  /** Opens a scene on an empty server, with the queue `default` made. */
  open(context?: TestContext, ...needs: readonly EngineNeed[]): Promise<EngineScene<S>>
}

export function createEngineStage<S>(createHarness: CreateEngineHarness<S>): EngineStage<S> {
  return {
    async open(context, ...needs) {
      const harness = await createHarness()
      const scene = new EngineScene(harness, await harness.createSide('scheduler'))
      onTestFinished(() => scene.close())
      const lack = needs.map((need) => whatIsMissing(scene, need)).find((each) => each !== null)
      if (lack !== undefined) context?.skip(lack)
      await scene.openScheduler()
      return scene
    },
  }
}

/** One scheduler, and as many workers as a story wants, on one server and beside one ledger. */
export class EngineScene<S> {
  readonly harness: EngineHarness<S>
  readonly side: EngineSide<S>
  readonly scheduler: string
  readonly ledger = new RunLedger()
  readonly #engines: Engine<S>[]
  readonly #workers: TestWorker<S>[] = []

  constructor(harness: EngineHarness<S>, side: EngineSide<S>, scheduler = 'conformance') {
    this.harness = harness
    this.side = side
    this.scheduler = scheduler
    this.#engines = [side.engine]
  }

  get engine(): Engine<S> {
    return this.side.engine
  }

  use(logger: Logger = silentLogger) {
    return { scheduler: this.scheduler, logger }
  }

  async openScheduler(...queues: readonly string[]): Promise<void> {
    await this.engine.open(this.use())
    await this.engine.ensureQueues(['default', ...queues])
  }

  /** Another scheduler on the same server, with a ledger of its own. */
  async beside(scheduler: string): Promise<EngineScene<S>> {
    const scene = new EngineScene(this.harness, await this.harness.createSide('scheduler'), scheduler)
    onTestFinished(() => scene.closeEngines())
    await scene.openScheduler()
    return scene
  }

  /** A worker that is open and consumes. */
  async worker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker<S>> {
    const worker = new TestWorker(await this.openSide(), this.ledger, { queues: ['default'], ...options })
    this.#workers.push(worker)
    return worker.start()
  }

  async openSide(): Promise<EngineSide<S>> {
    const side = await this.harness.createSide('worker')
    this.#engines.push(side.engine)
    await side.engine.open(this.use())
    return side
  }

  message(changes: Partial<RunMessage> = {}): RunMessage {
    return { id: randomRunId(), scheduler: this.scheduler, job: 'poll', queue: 'default', priority: 0, ...changes }
  }

  messages(count: number, changes: Partial<RunMessage> = {}): readonly RunMessage[] {
    return Array.from({ length: count }, () => this.message(changes))
  }

  /** Claims the runs and hands them over, as a scheduler does. */
  async claim(...messages: readonly RunMessage[]): Promise<readonly RunMessage[]> {
    this.ledger.queue(messages)
    await this.dispatch(...messages)
    return messages
  }

  /** In a unit of work where the engine is transactional, after it otherwise. */
  async dispatch(...messages: readonly RunMessage[]): Promise<void> {
    const { engine, side } = this
    if (engine.capabilities.transactional) {
      await side.sessions.withSession((session) => engine.dispatch(messages, session))
    } else await engine.dispatch(messages)
  }

  async cancel(...messages: readonly RunMessage[]): Promise<void> {
    const { engine, side } = this
    this.ledger.cancel(messages)
    if (engine.capabilities.transactional) {
      await side.sessions.withSession((session) => engine.cancel(messages, session))
    } else await engine.cancel(messages)
  }

  now(): number {
    return this.harness.now?.() ?? performance.now()
  }

  async pass(ms: number): Promise<void> {
    await (this.harness.pass?.(ms) ?? wait(ms))
  }

  /** Resolves when it is so; rejects when it is not so within that time. Answers how long it took. */
  async until(isSo: () => boolean, { withinMs = 15_000, what = 'what was waited for' } = {}): Promise<number> {
    const began = this.now()
    while (!isSo()) {
      if (this.now() - began > withinMs) throw new Error(`${what} did not happen within ${withinMs} ms.`)
      await this.pass(10)
    }
    return this.now() - began
  }

  /** Tries again until it works; for a server that comes back. */
  async untilItWorks(work: () => Promise<unknown>, withinMs = 30_000): Promise<void> {
    const began = this.now()
    for (;;) {
      try {
        await work()
        return
      } catch (error) {
        if (this.now() - began > withinMs) throw error
        await this.pass(50)
      }
    }
  }

  async closeEngines(): Promise<void> {
    for (const worker of this.#workers) worker.finish()
    await Promise.all(this.#engines.map((engine) => engine.close()))
  }

  async close(): Promise<void> {
    try {
      await this.closeEngines()
    } finally {
      await this.harness.close()
    }
  }
}

function whatIsMissing<S>({ harness, side }: EngineScene<S>, need: EngineNeed): string | null {
  switch (need) {
    case 'transactional':
      return side.engine.capabilities.transactional ? null : 'the engine declares that it is not transactional'
    case 'kill':
      return side.kill ? null : 'the harness cannot end a side as its death would'
    default:
      return harness[need] ? null : `the harness has no ${need}`
  }
}
