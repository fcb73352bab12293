import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

import type { FromWorker, ToWorker, WorkerOrders } from './worker-orders.ts'

/** One life of a worker. */
export interface WorkerProcess {
  /** Rejects with the reason when it ends before it is ready. */
  readonly ready: Promise<void>
  /** Resolves when it has ended, with its exit code or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Lets it drain; kills it when that takes too long. Resolves when it has ended. */
  stop(): Promise<void>
}

/** More than its scheduler waits for running work. */
const DRAIN_MS = 15_000

export function startWorkerProcess(file: string, orders: WorkerOrders): WorkerProcess {
  const child = fork(file, [], {
    execArgv: ['--conditions=@pm/source'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(([code, signal]): number | NodeJS.Signals => signal ?? code)
  const ready = becomesReady(child, orders.name, ended)
  // Who does not wait for it learns of its end.
  ready.catch(() => {})
  tell(child, { kind: 'begin', orders })
  return {
    ready,
    ended,
    async stop() {
      tell(child, { kind: 'stop' })
      const insist = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS)
      await ended
      clearTimeout(insist)
    },
  }
}

async function becomesReady(child: ChildProcess, name: string, ended: Promise<unknown>): Promise<void> {
  const said = once(child, 'message').then(([what]): FromWorker => what)
  const end = ended.then((how): FromWorker => ({ kind: 'failed', why: `it ended with ${how}` }))
  const answer = await Promise.race([said, end])
  if (answer.kind === 'failed') throw new Error(`${name} does not start: ${answer.why}`)
}

/** One that has ended is told nothing. */
function tell(child: ChildProcess, what: ToWorker): void {
  if (child.connected) child.send(what, () => {})
}
