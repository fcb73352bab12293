import { SchedulerError, type SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'

/** Sessions that can be made to fail, as those of a database that went away. */
export function withSwitch<S>(inner: SessionProvider<S>) {
  let isOff = false
  const sessions: SessionProvider<S> = {
    async withSession(work, options) {
      if (isOff) throw new Error('connection refused')
      return inner.withSession(work, options)
    },
  }
  return {
    sessions,
    switchOff() {
      isOff = true
    },
    switchOn() {
      isOff = false
    },
  }
}

/** A store that takes no outcome of one job, as if a constraint were violated, until it is told to. */
export function refusingOutcomesOf<S>(inner: Store<S>, job: string) {
  let isRefusing = true
  const store: Store<S> = {
    ...inner,
    async settle(session, input) {
      if (isRefusing && input.settlements.some((settlement) => settlement.job === job)) throw new Error('out of range')
      return inner.settle(session, input)
    },
  }
  return {
    store,
    accept() {
      isRefusing = false
    },
  }
}

/** A store on a full disk: it answers what is read, takes locks, and writes nothing. */
export function refusingWrites<S>(inner: Store<S>) {
  let isRefusing = false
  async function assertRoom(): Promise<void> {
    if (isRefusing) throw new Error('no space left on device')
  }
  const store: Store<S> = {
    ...inner,
    register: (session, input) => assertRoom().then(() => inner.register(session, input)),
    define: (session, input) => assertRoom().then(() => inner.define(session, input)),
    record: (session, input) => assertRoom().then(() => inner.record(session, input)),
    renew: (session, input) => assertRoom().then(() => inner.renew(session, input)),
    settle: (session, input) => assertRoom().then(() => inner.settle(session, input)),
    applyCommand: (session, input) => assertRoom().then(() => inner.applyCommand(session, input)),
  }
  return {
    store,
    refuse() {
      isRefusing = true
    },
    accept() {
      isRefusing = false
    },
  }
}

/** A store of an encoding that has only ASCII: this one operation can take no other text. */
export function takingOnlyAscii<S>(inner: Store<S>, operation: 'renew' | 'settle'): Store<S> {
  async function assertAscii(written: unknown): Promise<void> {
    if (/[^ -~]/.test(JSON.stringify(written))) throw new SchedulerError('STORE_REFUSED', { operation })
  }
  const refusing: Pick<Store<S>, 'renew' | 'settle'> = {
    renew: (session, input) => assertAscii(input.leases).then(() => inner.renew(session, input)),
    settle: (session, input) => assertAscii(input.settlements).then(() => inner.settle(session, input)),
  }
  return { ...inner, [operation]: refusing[operation] }
}

/** Sessions whose commit succeeds and whose answer is lost on the way, once per named unit. */
export function withLostAnswers<S>(inner: SessionProvider<S>) {
  const toLose = new Set<string>()
  const sessions: SessionProvider<S> = {
    async withSession(work, options) {
      const result = await inner.withSession(work, options)
      if (options?.unit && toLose.delete(options.unit)) throw new Error('connection reset after commit')
      return result
    },
  }
  return { sessions, loseNextAnswerOf: (unit: string) => void toLose.add(unit) }
}
