import { AsyncLocalStorage } from 'node:async_hooks'

import type { JobHandler, SessionProvider } from '@pm/scheduler-core'
import type { Settlement, SettleResult, Store } from '@pm/scheduler-core/store'

import type { HistoryFile, RunLine } from './history.ts'
import { wrapStore } from './wrap-store.ts'

export interface TellHistoryOptions {
  /** Names this process in the history. */
  readonly process: string
  /** The file that the history is written to. */
  readonly history: HistoryFile
  /** The time of each entry. */
  readonly now: () => number
}

/** Wrappers around the ports of a scheduler that tell a history what happens. */
export interface HistoryTeller {
  sessions<S>(sessions: SessionProvider<S>): SessionProvider<S>
  store<S>(store: Store<S>): Store<S>
  /** The handler's start, whether it came to its end or threw, and when its signal aborts meanwhile. */
  handler<S>(handler: JobHandler<S>): JobHandler<S>
}

export function createHistoryTeller({ process, history, now }: TellHistoryOptions): HistoryTeller {
  const units = new AsyncLocalStorage<Answer[]>()

  return {
    sessions: (sessions) => ({
      async withSession(work, options) {
        const answers: Answer[] = []
        const result = await units.run(answers, () => sessions.withSession(work, options))
        // Only now it has committed, and what the store answered is so.
        for (const { settlement, result } of answers) {
          const { runId, state } = settlement
          history.append({ kind: 'settled', process, at: now(), runId, state, result })
        }
        return result
      },
    }),
    store: (store) => ({
      ...wrapStore(store, (_, call) => call()),
      async settle(session, input) {
        const results = await store.settle(session, input)
        const answers = input.settlements.flatMap((settlement, index) => {
          const result = results[index]
          return result === undefined ? [] : [{ settlement, result }]
        })
        units.getStore()?.push(...answers)
        return results
      },
    }),
    handler: (handler) => async (context) => {
      const { job, runId, attempt, signal } = context
      const tell = (kind: RunLine['kind']) => history.append({ kind, process, at: now(), job, runId, attempt })
      const onAbort = () => tell('aborted')
      signal.addEventListener('abort', onAbort, { once: true })
      tell('start')
      try {
        await handler(context)
        tell('end')
      } catch (error) {
        tell('failed')
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

interface Answer {
  readonly settlement: Settlement
  readonly result: SettleResult
}
