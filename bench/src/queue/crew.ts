import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { startChild } from '../lab/child.ts'
import type { QueueNews, QueueOrder, QueueTask } from './task.ts'

/** Processes of this bench. */
export interface Crew extends AsyncDisposable {
  /** Lets them begin, or go on. Resolves when they have done at least so many runs. */
  work(runs: number): Promise<Done>
  /** The next thing of that kind that one of them says. */
  next<K extends QueueNews['kind']>(kind: K): Promise<Extract<QueueNews, { readonly kind: K }>>
  tell(order: QueueOrder): void
  /** Resolves when the first of them has ended. */
  readonly ended: Promise<unknown>
}

/** What a crew did. */
export interface Done {
  readonly runs: number
  /** When the last run was done, as `preciseNow` tells it. */
  readonly lastAt: number
  /** CPU of all of them, in microseconds. */
  readonly cpuUs: number
}

/** Starts a process for each task. Resolves when all of them are ready. */
export async function startCrew(tasks: readonly QueueTask[]): Promise<Crew> {
  const listeners = new Set<(news: QueueNews) => void>()
  const children = tasks.map((task) => {
    const child = startChild({ file: join(import.meta.dirname, 'process.ts'), args: [JSON.stringify(task)] })
    child.on('message', (news: QueueNews) => {
      for (const listener of listeners) listener(news)
    })
    return child
  })
  const next: Crew['next'] = (kind) =>
    new Promise((resolve) => {
      const listener = (news: QueueNews) => {
        if (news.kind !== kind) return
        listeners.delete(listener)
        resolve(news as Extract<QueueNews, { readonly kind: typeof kind }>)
      }
      listeners.add(listener)
    })

  function tell(order: QueueOrder): void {
    for (const child of children) child.send(order)
  }

  const crew: Crew = {
    tell,
    next,
    ended: Promise.race(children.map((child) => once(child, 'exit'))),
    async work(runs) {
      let left = runs
      let lastAt = 0
      let cpuUs = 0
      const done = new Promise<void>((resolve) => {
        const listener = (news: QueueNews) => {
          if (news.kind !== 'did') return
          left -= news.runs
          lastAt = Math.max(lastAt, news.lastAt)
          cpuUs += news.cpuUs
          if (left > 0) return
          listeners.delete(listener)
          resolve()
        }
        listeners.add(listener)
      })
      tell({ kind: 'go' })
      await done
      return { runs: runs - left, lastAt, cpuUs }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(end))
    },
  }
  try {
    await Promise.all(children.map((child) => untilReady(child)))
    return crew
  } catch (error) {
    await crew[Symbol.asyncDispose]()
    throw error
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`A process of the bench ended with ${code} before it was ready.`)))
    child.on('message', (news: QueueNews) => {
      if (news.kind === 'ready') resolve()
    })
  })
}

/** What they leave, the next ones find as after a crash; each case has jobs and rounds enough not to care. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
