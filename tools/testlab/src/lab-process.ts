import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'

import type { ProcessLine } from '@pm/scheduler-testing'

import { byDeadline } from './by-deadline.ts'

export interface LabProcessOptions {
  /** The file that it runs, with all that it imports in one file (`bundleChild`). */
  readonly file: string
  /** Names the process in the history and in errors. */
  readonly name: string
  /** What it gets, as JSON in its first argument. */
  readonly options: object
  /** Told what is done to the process, for the history. */
  readonly tell: (kind: ProcessLine['kind']) => void
}

/** A process of a lab, with one instance. It says something once it has opened, and closes when it is told anything. */
export interface LabProcess {
  readonly name: string
  /** Resolves when it has opened its instance, or has died before that. */
  readonly opened: Promise<void>
  /** Resolves when it has ended, with the signal that ended it, or `null`. */
  readonly ended: Promise<NodeJS.Signals | null>
  /** What it wrote to stderr. */
  readonly complaints: string
  kill(): Promise<void>
  stop(): void
  continue(): void
  /** Closes its instance and ends it. */
  close(): Promise<void>
  /** Kills it in any state, without an entry in the history. */
  remove(): Promise<void>
}

/** Far more than any of these steps takes on a busy machine. */
const PATIENCE_MS = 90_000

export function startLabProcess({ file, name, options, tell }: LabProcessOptions): LabProcess {
  const child = fork(file, [JSON.stringify(options)], {
    execArgv: ['--no-warnings'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(file), 'compile-cache') },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk)
  })
  // `exit` instead of `close`, because `close` also waits for pipes.
  const ended = once(child, 'exit').then(([, signal]): NodeJS.Signals | null => signal)
  const opened = Promise.race([once(child, 'message'), ended])
  const wait = (work: Promise<unknown>, what: string) =>
    byDeadline(work, {
      withinMs: PATIENCE_MS,
      what: `${what} of ${name}`,
      state: async () => stateOf(child, complaints),
    })

  return {
    name,
    opened: wait(opened, 'The opening').then(() => {}),
    ended,
    get complaints() {
      return complaints
    },
    async kill() {
      tell('killed')
      child.kill('SIGKILL')
      await wait(ended, 'The end after a SIGKILL')
    },
    stop() {
      tell('stopped')
      child.kill('SIGSTOP')
    },
    continue() {
      child.kill('SIGCONT')
      tell('continued')
    },
    async close() {
      if (child.connected) child.send('close')
      await wait(ended, 'The end after a close')
    },
    async remove() {
      child.kill('SIGKILL')
      await wait(ended, 'The end')
    },
  }
}

function stateOf({ pid, exitCode, signalCode, connected, stderr }: ChildProcess, complaints: string) {
  return { pid, exitCode, signalCode, connected, stderrClosed: stderr?.closed, complaints }
}
