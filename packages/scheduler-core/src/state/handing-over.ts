import type { Store } from '../ports/store.ts'
import type { Units } from '../session/units.ts'
import { isQueueMissing } from './engine-queues.ts'
import type { HandOver } from './hand-over.ts'

interface Parts<S> {
  readonly store: Store<S>
  readonly units: Units<S>
}

/** One unit may find the queues of several jobs missing, and another process may delete one meanwhile. */
const TRIES = 3

/**
 * The same store and units of work, which hand each run that is claimed as queued to the engine. Where the engine takes part
 * in the transaction, a failure rolls the claim back: its due time is planned again. A queue that is missing is made, and
 * the unit begins anew.
 */
export function handingOver<S extends object>(
  { store, units }: Parts<S>,
  handOver: Pick<HandOver<S>, 'beginUnit' | 'dispatch' | 'queues'>,
): Parts<S> {
  async function runOnce<T>(...[name, work, options]: Parameters<typeof units.run<T>>): Promise<T> {
    let committed = () => {}
    const answer = await units.run<T>(
      name,
      (session) => {
        // A provider that begins a unit anew has rolled back what the first try claimed.
        committed = handOver.beginUnit(session)
        return work(session)
      },
      options,
    )
    committed()
    return answer
  }

  return {
    store: {
      ...store,
      async record(session, input) {
        const claims = await store.record(session, input)
        await handOver.dispatch(
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
      async run(...call) {
        for (let tries = 1; ; tries++) {
          try {
            return await runOnce(...call)
          } catch (error) {
            if (!isQueueMissing(error) || tries === TRIES) throw error
            await handOver.queues.ensureOrNote()
          }
        }
      },
    },
  }
}
