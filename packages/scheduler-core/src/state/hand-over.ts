import type { Clock } from '../clock.ts'
import { JOB_POLICIES } from '../policy/policies.ts'
import type { Engine, RunMessage } from '../ports/engine.ts'
import type { Logger } from '../ports/logger.ts'
import type { Run } from '../run/ledger-entry.ts'
import type { Configuration } from './configuration.ts'
import { createEngineHealth, type EngineHealth } from './engine-health.ts'
import { createEngineQueues, type EngineQueues, isQueueMissing } from './engine-queues.ts'
import { createLateMessages } from './late-messages.ts'

/** The way of queued runs to the engine, and back. */
export interface HandOver<S> {
  readonly engine: Engine<S>
  readonly queueTimeoutMs: number
  readonly health: EngineHealth
  /** Connects, and makes the queues of the jobs that are known here. */
  open(): Promise<void>
  readonly queues: Pick<EngineQueues, 'ensure' | 'ensureOrNote' | 'hasRefused' | 'tryRefused'>
  /** A unit of work begins: answers what to call once it is committed. */
  beginUnit(session: S): () => void
  /** Hands runs over: as a part of this unit where the engine can, otherwise once it is committed. */
  dispatch(session: S, runs: readonly QueuedRun[]): Promise<void>
  /** Takes runs back that are cancelled in this unit, as far as the engine can. */
  takeBack(session: S, runs: readonly QueuedRun[]): Promise<void>
  /** Resolves when everything that is committed has been offered to the engine. */
  whenOffered(): Promise<void>
  close(): Promise<void>
}

export type QueuedRun = Pick<Run, 'id' | 'job'>

export interface HandOverOptions<S> {
  readonly scheduler: string
  readonly engine: Engine<S>
  readonly queueTimeoutMs: number
  readonly configuration: Pick<Configuration<S>, 'jobs' | 'definitions' | 'policiesOf'>
  readonly clock: Clock
  readonly logger: Logger
}

/** What a unit asks of an engine that is no part of it. */
interface AfterCommit {
  readonly dispatch: RunMessage[]
  readonly cancel: RunMessage[]
}

export function createHandOver<S extends object>(options: HandOverOptions<S>): HandOver<S> {
  const { scheduler, engine, queueTimeoutMs, configuration, clock, logger } = options
  const { transactional } = engine.capabilities
  const health = createEngineHealth({ name: engine.name, logger })
  const queues = createEngineQueues(engine, health)
  const afterCommit = new WeakMap<S, AfterCommit>()
  let late = createLateMessages({ clock, dispatch: dispatchLate })

  function messageOf({ id, job }: QueuedRun): RunMessage {
    const { queue, priority } = configuration.policiesOf(job) ?? UNKNOWN
    return { id, scheduler, job, queue, priority }
  }

  async function send(all: readonly RunMessage[], session?: S): Promise<void> {
    const messages = queues.accepted(all)
    if (messages.length === 0) return
    queues.assertMade(messages)
    try {
      await health.call('dispatch', () => engine.dispatch(messages, session))
    } catch (error) {
      if (isQueueMissing(error)) queues.missing(messages)
      throw error
    }
  }

  async function dispatchLate(messages: readonly RunMessage[]): Promise<void> {
    await queues.ensureOrNote(messages.map(({ queue }) => queue))
    await send(messages)
  }

  function committed({ dispatch, cancel }: AfterCommit): void {
    // A message that stays is dropped by the worker that gets it.
    if (cancel.length > 0) health.call('cancel', () => engine.cancel(cancel)).catch(() => {})
    if (dispatch.length > 0) late.add(dispatch)
  }

  return {
    engine,
    queueTimeoutMs,
    health,
    queues,
    async open() {
      late = createLateMessages({ clock, dispatch: dispatchLate })
      queues.reset()
      await health.call('open', () => engine.open({ scheduler, logger }))
      const jobs = [...configuration.jobs.values(), ...configuration.definitions.own.values()]
      await queues.ensure(jobs.map(({ queue }) => queue))
    },
    beginUnit(session) {
      const pending: AfterCommit = { dispatch: [], cancel: [] }
      afterCommit.set(session, pending)
      return () => committed(pending)
    },
    async dispatch(session, runs) {
      if (runs.length === 0) return
      const messages = runs.map(messageOf)
      if (transactional) await send(messages, session)
      else afterCommit.get(session)?.dispatch.push(...messages)
    },
    async takeBack(session, runs) {
      if (runs.length === 0) return
      const messages = runs.map(messageOf)
      if (transactional) await health.call('cancel', () => engine.cancel(messages, session))
      else afterCommit.get(session)?.cancel.push(...messages)
    },
    whenOffered: () => late.whenTried(),
    async close() {
      late.stop()
      await engine
        .close()
        .catch((err: unknown) => logger.warn({ engine: engine.name, err }, 'The engine did not close'))
    },
  }
}

/** Of a job that has gone since its run was claimed. Whoever has the job again hands the run over to the right queue. */
const UNKNOWN = { queue: JOB_POLICIES.queue.default, priority: 0 }
