import { AsyncLocalStorage } from 'node:async_hooks'

import type { SessionProvider } from '@pm/scheduler-core'

/** What happens with the end of a unit of work. */
export interface UnitHooks {
  onCommit(work: () => void): void
  onRollback(work: () => void): void
}

/** Sessions whose units of work tell how they end. */
export interface HookedSessions<S> extends SessionProvider<S> {
  /** The unit of work that calls; `null` outside of any. */
  present(): UnitHooks | null
}

export function hookSessions<S>(sessions: SessionProvider<S>): HookedSessions<S> {
  const units = new AsyncLocalStorage<Unit>()
  return {
    ...sessions,
    present: () => units.getStore() ?? null,
    async withSession(work, options) {
      let unit = new Unit()
      try {
        const answer = await sessions.withSession((session) => {
          // A provider that begins a unit anew has rolled the first try back.
          unit.end('rollback')
          unit = new Unit()
          return units.run(unit, () => work(session))
        }, options)
        unit.end('commit')
        return answer
      } catch (error) {
        unit.end('rollback')
        throw error
      }
    },
  }
}

class Unit implements UnitHooks {
  #commit: (() => void)[] = []
  #rollback: (() => void)[] = []

  onCommit(work: () => void): void {
    this.#commit.push(work)
  }

  onRollback(work: () => void): void {
    this.#rollback.push(work)
  }

  end(how: 'commit' | 'rollback'): void {
    const works = how === 'commit' ? this.#commit : this.#rollback
    this.#commit = []
    this.#rollback = []
    for (const work of works) work()
  }
}
