import type { Clock } from '../clock.ts'
import type { Engine, RunMessage } from '../ports/engine.ts'
import type { Logger } from '../ports/logger.ts'
import type { Store } from '../ports/store.ts'
import type { Run } from '../run/ledger-entry.ts'
import type { Units } from '../session/units.ts'
import type { Configuration } from './configuration.ts'
import { createEngineHealth, type EngineHealth } from './engine-health.ts'
import { createEngineQueues, isQueueMissing } from './engine-queues.ts'
import { createLateMessages } from './late-messages.ts'

/** The way of queued runs to the engine, and back. */
export interface HandOver<S> {
  readonly engine: Engine<S>
  readonly queueTimeoutMs: number
  readonly health: EngineHealth
  /** Connects, and makes the queues of the jobs that are known here. */
  open(): Promise<void>
  /** Makes the queues that are missing. */
  ensureQueues(queues: Iterable<string>): Promise<void>
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
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
  readonly logger: Logger
}

/** What a unit asks of an engine that is no part of it. */
interface AfterCommit {
  readonly dispatch: RunMessage[]
  readonly cancel: RunMessage[]
}

/** One unit may find the queues of several jobs missing, and another process may delete one meanwhile. */
const TRIES = 3

/**
 * The same store and units of work, which hand each run that is claimed as queued to the engine. Where the engine takes part
 * in the transaction, a failure rolls the claim back: its due time is planned again.
 */
export function createHandOver<S extends object>(
  options: HandOverOptions<S>,
): { readonly handOver: HandOver<S>; readonly store: Store<S>; readonly units: Units<S> } {
  const { scheduler, engine, queueTimeoutMs, configuration, store, units, clock, logger } = options
  const { transactional } = engine.capabilities
  const health = createEngineHealth({ name: engine.name, logger })
  const queues = createEngineQueues(engine, health)
  const afterCommit = new WeakMap<S, AfterCommit>()
  let late = createLateMessages({ clock, dispatch: dispatchLate })

  function messageOf({ id, job }: QueuedRun): RunMessage {
    const { queue, priority } = configuration.policiesOf(job) ?? UNKNOWN
    return { id, scheduler, job, queue, priority }
  }

  async function send(messages: readonly RunMessage[], session?: S): Promise<void> {
    queues.assertMade(messages)
    try {
      await health.call('dispatch', () => engine.dispatch(messages, session))
    } catch (error) {
      if (isQueueMissing(error)) queues.missing(messages)
      throw error
    }
  }

  async function dispatchLate(messages: readonly RunMessage[]): Promise<void> {
    await queues.ensure(messages.map(({ queue }) => queue))
    await send(messages)
  }

  /** A message that stays is dropped by the worker that gets it. */
  function takeBackLate(messages: readonly RunMessage[]): void {
    health.call('cancel', () => engine.cancel(messages)).catch(() => {})
  }

  async function dispatch(session: S, runs: readonly QueuedRun[]): Promise<void> {
    if (runs.length === 0) return
    const messages = runs.map(messageOf)
    if (transactional) await send(messages, session)
    else afterCommit.get(session)?.dispatch.push(...messages)
  }

  const handOver: HandOver<S> = {
    engine,
    queueTimeoutMs,
    health,
    async open() {
      late = createLateMessages({ clock, dispatch: dispatchLate })
      await health.call('open', () => engine.open({ scheduler, logger }))
      const jobs = [...configuration.jobs.values(), ...configuration.definitions.own.values()]
      await queues.ensure(jobs.map(({ queue }) => queue))
    },
    ensureQueues: queues.ensure,
    dispatch,
    async takeBack(session, runs) {
      if (runs.length === 0) return
      const messages = runs.map(messageOf)
      if (transactional) await health.call('cancel', () => engine.cancel(messages, session))
      else afterCommit.get(session)?.cancel.push(...messages)
    },
    whenOffered: () => late.whenTried(),
    async close() {
      late.stop()
      await engine.close().catch((err: unknown) => logger.warn({ engine: engine.name, err }, 'The engine did not close'))
    },
  }

  async function runOnce<T>(...[name, work, unit]: Parameters<Units<S>['run']>): Promise<T> {
    let pending: AfterCommit = { dispatch: [], cancel: [] }
    const answer = await units.run(
      name,
      (session) => {
        // A provider that begins a unit anew has rolled back what the first try claimed.
        pending = { dispatch: [], cancel: [] }
        afterCommit.set(session, pending)
        return work(session)
      },
      unit,
    )
    if (pending.cancel.length > 0) takeBackLate(pending.cancel)
    if (pending.dispatch.length > 0) late.add(pending.dispatch)
    return answer as T
  }

  return {
    handOver,
    store: {
      ...store,
      async record(session, input) {
        const claims = await store.record(session, input)
        await dispatch(
          session,
          claims.filter(({ queuedAt = null }) => queuedAt !== null),
        )
        return claims
      },
    },
    units: {
      get writes() {
        return units.writes
      },
      async run(name, work, unit) {
        for (let tries = 1; ; tries++) {
          try {
            return await runOnce(name, work as Parameters<Units<S>['run']>[1], unit as Parameters<Units<S>['run']>[2])
          } catch (error) {
            if (!isQueueMissing(error) || tries === TRIES) throw error
            await queues.ensureAgain()
          }
        }
      },
    },
  }
}

/** The job has gone since its run was claimed. A worker that had it consumes this queue at least. */
const UNKNOWN = { queue: 'default', priority: 0 }
