import {
  createWorker,
  type HostScheduler,
  type HostWorker,
  type JobOptions,
  type SchedulerOptions,
  type WorkerOptions,
} from '@pm/scheduler-core'
import type { Engine, Store } from '@pm/scheduler-core/store'
import { onTestFinished } from 'vitest'

import { createMortalProcess } from '../../manual/mortal-process.ts'
import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import { createMemoryEngine, type MemoryEngineServer } from '../../memory-engine/create-memory-engine.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { SECOND, Stage, T0, WATCH } from './stage.ts'

/** A worker whose process can die. */
export interface MortalWorker<S> extends HostWorker<S> {
  kill(): void
}

type Extra<S extends object> = Partial<WorkerOptions<S>>

/** A stage on which an engine carries the runs from schedulers to workers. */
export class QueueStage<S extends object> extends Stage<S> {
  readonly server: MemoryEngineServer<S>

  constructor(server: MemoryEngineServer<S>, store: Store<S>, clock: ManualClock) {
    super(server.sessions, store, clock)
    this.server = server
  }

  /** An open scheduler that hands its runs over. */
  async scheduler(jobs: readonly JobOptions<S>[], rest: Partial<SchedulerOptions<S>> = {}): Promise<HostScheduler<S>> {
    const scheduler = this.instance({ jobs, engine: this.server.createEngine(), ...rest })
    await scheduler.open()
    await this.pass(0)
    return scheduler
  }

  /** An open worker; it is closed after the test. */
  async worker(jobs: readonly JobOptions<S>[], rest: Extra<S> = {}): Promise<HostWorker<S>> {
    const { sessions, clock } = this
    const worker = createWorker<S>(
      this.optionsOf(jobs, { sessions, clock, engine: this.server.createEngine(), ...rest }),
    )
    onTestFinished(() => this.endWorker(worker))
    await worker.open()
    await this.pass(0)
    return worker
  }

  /** An open worker whose process dies when it is told to. */
  async mortalWorker(jobs: readonly JobOptions<S>[], rest: Extra<S> = {}): Promise<MortalWorker<S>> {
    const { kill, clock, sessions } = createMortalProcess<S>(this.clock, rest.sessions ?? this.sessions)
    const engine = this.server.createEngine()
    const worker = createWorker<S>(this.optionsOf(jobs, { ...rest, sessions, clock, engine }))
    await worker.open()
    await this.pass(0)
    let isDead = false
    onTestFinished(async () => {
      if (!isDead) await this.endWorker(worker)
    })
    return Object.assign(Object.create(worker), {
      kill() {
        isDead = true
        kill()
        engine.kill()
      },
    })
  }

  async endWorker(worker: HostWorker<S>, graceMs = 0): Promise<void> {
    const closing = worker.close({ graceMs })
    await this.pass(graceMs + SECOND)
    await closing
  }

  private optionsOf(
    jobs: readonly JobOptions<S>[],
    rest: Extra<S> & { readonly engine: Engine<S> } & Pick<WorkerOptions<S>, 'sessions'>,
  ): WorkerOptions<S> {
    const { store } = this
    return { name: 'market_data_scheduler', jobs, store, graceMs: 0, watchMs: WATCH, followStoreClock: false, ...rest }
  }
}

export async function openQueueStage<S extends object>(
  createHarness: CreateStoreHarness<S>,
  { transactional = true }: { readonly transactional?: boolean } = {},
): Promise<QueueStage<S>> {
  const harness = await createHarness()
  onTestFinished(() => harness.close())
  const clock = createManualClock({ startAt: T0 })
  const server = createMemoryEngine<S>({ sessions: harness.sessions, clock, transactional })
  return new QueueStage<S>(server, harness.store, clock)
}
