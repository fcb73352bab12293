import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'

import type { SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'

import { InjectedFault } from './fault.ts'
import type { FaultPlan } from './fault-plan.ts'

export interface FaultyBackendOptions<S> {
  /** The session provider to put faults in. */
  readonly sessions: SessionProvider<S>
  /** The store to put faults in. */
  readonly store: Store<S>
  /** What befalls which call. Store methods are called by their names, units of work `unit:` and theirs. */
  readonly plan: FaultPlan
  /** How a call is held up (default: for a few turns of the event loop). */
  readonly delay?: () => Promise<void>
}

/** A backend whose calls fail as a plan has it. It begins armed. */
export interface FaultyBackend<S> {
  readonly sessions: SessionProvider<S>
  readonly store: Store<S>
  /** What was injected until now. */
  readonly faults: readonly InjectedFault[]
  /** From now on calls fail again. */
  arm(): void
  /** From now on every call goes through, and none is counted: for the look at what is left. */
  disarm(): void
}

/**
 * Puts faults between a scheduler and its backend. A call of the store that fails `after-commit` does its work; the
 * unit it belongs to commits, and only then fails. That needs both halves of the backend, so both are wrapped.
 */
export function createFaultyBackend<S>(options: FaultyBackendOptions<S>): FaultyBackend<S> {
  const { sessions, store, plan, delay = aFewTurns } = options
  const units = new AsyncLocalStorage<Unit>()
  const faults: InjectedFault[] = []
  let armed = true

  function inject(call: string, moment: InjectedFault['moment']): InjectedFault {
    const fault = new InjectedFault(call, moment)
    faults.push(fault)
    return fault
  }

  /** Lets fate have its way with a call; the unit it belongs to fails later when it is doomed. */
  async function meet(call: string, unit: Unit): Promise<void> {
    const befalling = armed ? plan.next(call) : null
    if (befalling === 'before') throw inject(call, 'before')
    if (befalling === 'after-commit') unit.doom ??= { call }
    if (befalling === 'delay') await delay()
  }

  async function through<T>(call: string, work: () => Promise<T>): Promise<T> {
    await meet(call, units.getStore() ?? {})
    return work()
  }

  return {
    faults,
    arm() {
      armed = true
    },
    disarm() {
      armed = false
    },
    sessions: {
      async withSession(work, options) {
        const unit: Unit = {}
        await meet(`unit:${options?.unit ?? 'unnamed'}`, unit)
        const result = await sessions.withSession((session) => units.run(unit, () => work(session)), options)
        if (unit.doom) throw inject(unit.doom.call, 'after-commit')
        return result
      },
    },
    store: {
      capabilities: store.capabilities,
      register: (session, input) => through('register', () => store.register(session, input)),
      readRenamed: (session, input) => through('readRenamed', () => store.readRenamed(session, input)),
      readInstances: (session, input) => through('readInstances', () => store.readInstances(session, input)),
      readOutdated: (session, input) => through('readOutdated', () => store.readOutdated(session, input)),
      readStandings: (session, input) => through('readStandings', () => store.readStandings(session, input)),
      define: (session, input) => through('define', () => store.define(session, input)),
      readDefinitions: (session, input) => through('readDefinitions', () => store.readDefinitions(session, input)),
      lockJobs: (session, input) => through('lockJobs', () => store.lockJobs(session, input)),
      record: (session, input) => through('record', () => store.record(session, input)),
      renew: (session, input) => through('renew', () => store.renew(session, input)),
      settle: (session, input) => through('settle', () => store.settle(session, input)),
      lockExpired: (session, input) => through('lockExpired', () => store.lockExpired(session, input)),
      release: (session, input) => through('release', () => store.release(session, input)),
      lockReleased: (session, input) => through('lockReleased', () => store.lockReleased(session, input)),
      takeUp: (session, input) => through('takeUp', () => store.takeUp(session, input)),
      takeOver: (session, input) => through('takeOver', () => store.takeOver(session, input)),
      handOverAgain: (session, input) => through('handOverAgain', () => store.handOverAgain(session, input)),
      forgetJob: (session, input) => through('forgetJob', () => store.forgetJob(session, input)),
      readControl: (session, input) => through('readControl', () => store.readControl(session, input)),
      applyCommand: (session, input) => through('applyCommand', () => store.applyCommand(session, input)),
      readMeasures: (session, input) => through('readMeasures', () => store.readMeasures(session, input)),
      listEntries: (session, query) => through('listEntries', () => store.listEntries(session, query)),
      listLog: (session, query) => through('listLog', () => store.listLog(session, query)),
      prune: (session, input) => through('prune', () => store.prune(session, input)),
    },
  }
}

interface Unit {
  /** The call after whose commit the unit is to fail. */
  doom?: { readonly call: string }
}

async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate()
}
