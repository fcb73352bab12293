import { AsyncLocalStorage } from 'node:async_hooks'

import type { JobHandler, SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'

import { type FailpointName, toUnitName, type UnitOfWorkName } from './failpoint-names.ts'
import { wrapStore } from './wrap-store.ts'

export interface FailpointOptions {
  /** Where to die (default nowhere). */
  readonly at?: FailpointName
  /** At which passing of it, counted from 1 (default 1). */
  readonly nth?: number
  /**
   * Counts only what passes within this unit of work (default all): `store:settle:after` during `rescue` is another crash
   * than during `settle`.
   */
  readonly during?: UnitOfWorkName
  /** Called just before the death, to tell what others would learn only later (default nothing is told). */
  readonly onDying?: (at: FailpointName) => void
  /** How to die (default SIGKILL to the own process, which nothing can catch). */
  readonly die?: (at: FailpointName) => void
}

/** Puts failpoints around the ports of a scheduler, which itself knows nothing of them. */
export interface Failpoints {
  sessions<S>(sessions: SessionProvider<S>): SessionProvider<S>
  store<S>(store: Store<S>): Store<S>
  handler<S>(handler: JobHandler<S>): JobHandler<S>
  /** How often each was passed until now. */
  readonly passed: ReadonlyMap<FailpointName, number>
  /** Names of units that were opened and have no failpoint. */
  readonly unknownUnits: ReadonlySet<string>
}

export function createFailpoints(options: FailpointOptions = {}): Failpoints {
  const { at, nth = 1, during, onDying = () => {}, die = killOurselves } = options
  const units = new AsyncLocalStorage<UnitOfWorkName>()
  const passed = new Map<FailpointName, number>()
  const unknownUnits = new Set<string>()
  let hits = 0

  function pass(name: FailpointName): void {
    passed.set(name, (passed.get(name) ?? 0) + 1)
    if (name !== at || (during !== undefined && units.getStore() !== during)) return
    hits++
    if (hits !== nth) return
    onDying(name)
    die(name)
  }

  return {
    passed,
    unknownUnits,
    sessions: (sessions) => ({
      async withSession(work, options) {
        const name = options?.unit ?? 'unnamed'
        const unit = toUnitName(name)
        if (unit === null) {
          unknownUnits.add(name)
          return sessions.withSession(work, options)
        }
        return units.run(unit, async () => {
          const result = await sessions.withSession(async (session) => {
            const done = await work(session)
            pass(`unit:${unit}:before-commit`)
            return done
          }, options)
          pass(`unit:${unit}:after-commit`)
          return result
        })
      },
    }),
    store: (store) =>
      wrapStore(store, async (method, call) => {
        pass(`store:${method}:before`)
        const result = await call()
        pass(`store:${method}:after`)
        return result
      }),
    handler: (handler) => async (context) => {
      pass('handler:before')
      const outcome = handler(context)
      pass('handler:inside')
      await outcome
      pass('handler:after')
    },
  }
}

/** Ends this process as a crash would: nothing is caught, flushed or closed. Does not return. */
function killOurselves(): void {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way; nothing may happen until it is there.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
