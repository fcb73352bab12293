import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export interface ChildOptions {
  readonly file: string
  readonly args: readonly string[]
  /** Beside those of this process. */
  readonly execArgv?: readonly string[]
}

/** Starts a file of a bench in a process of its own, with the flags of this one. It ends with this one. */
export function startChild({ file, args, execArgv = [] }: ChildOptions): ChildProcess {
  const child = fork(file, [...args], {
    execArgv: [...process.execArgv, ...execArgv],
    env: { ...process.env, TZ: 'UTC' },
  })
  const end = () => void child.kill()
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

/** What a child says next. Fails when it ends without a word. */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const stop = new AbortController()
  const { signal } = stop
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`A process of the bench ended with ${code} before it answered.`)
    })
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [T]
    return message
  } finally {
    stop.abort()
  }
}

export async function ask<T>(child: ChildProcess, question: string | object): Promise<T> {
  const answer = nextMessage<T>(child)
  child.send(question)
  return answer
}
