import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { systemClock } from '@pm/scheduler-core'
import { type FailpointOptions, openHistory, type ProcessLine } from '@pm/scheduler-testing'

import type { ChildOptions } from './child.ts'
import { type Instance, LEASE_MS, openInstance, SWEEP_MS } from './instance.ts'
import type { WorkloadName } from './workload.ts'

export interface CrashLabOptions {
  readonly url: string
  /** The scheduler that all processes of this lab share. */
  readonly scheduler: string
  readonly workload: WorkloadName
}

/** Where processes with schedulers are started, killed and stopped, and told of in one history. */
export interface CrashLab extends AsyncDisposable {
  readonly url: string
  readonly scheduler: string
  readonly workload: WorkloadName
  readonly historyPath: string
  /** Starts a process; resolves when it has opened its scheduler, or has died on the way there. */
  start(options?: StartOptions): Promise<LabProcess>
  /** Opens an instance in this process. */
  openHere(): Promise<Instance>
  /** Stops what was opened here and closes it once its last outcome is written. */
  finish(instance: Instance): Promise<void>
  /** Opens an instance here, lets it find what the dead left, sees runs go on, and closes it. */
  recover(): Promise<void>
}

export interface StartOptions {
  readonly failpoint?: Pick<FailpointOptions, 'at' | 'nth' | 'during'>
  /** Also gives it every command there is, one after the other. */
  readonly commands?: boolean
}

export interface LabProcess {
  readonly name: string
  /** Resolves when it has ended, with the signal that ended it, or `null`. */
  readonly ended: Promise<NodeJS.Signals | null>
  /** What it wrote to its error output. */
  readonly complaints: string
  kill(): Promise<void>
  stop(): void
  continue(): void
  /** Closes its scheduler and ends it. */
  close(): Promise<void>
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))

export function createCrashLab({ url, scheduler, workload }: CrashLabOptions): CrashLab {
  const folder = mkdtempSync(join(tmpdir(), 'crash-lab-'))
  const historyPath = join(folder, 'history.jsonl')
  const history = openHistory(historyPath)
  const children = new Set<ChildProcess>()
  let processes = 0

  const shared = () => ({ url, scheduler, workload, historyPath, process: `p${++processes}` })

  function tell(kind: ProcessLine['kind'], process: string): void {
    history.append({ kind, process, at: systemClock.now() })
  }

  async function start({ failpoint, commands = false }: StartOptions = {}): Promise<LabProcess> {
    const options: ChildOptions = { ...shared(), commands, ...(failpoint && { failpoint }) }
    const child = fork(CHILD, [JSON.stringify(options)], {
      execArgv: ['--conditions=@pm/source', '--no-warnings'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    children.add(child)
    let complaints = ''
    child.stderr?.on('data', (chunk) => {
      complaints += String(chunk)
    })
    const ended = once(child, 'close').then(([, signal]): NodeJS.Signals | null => {
      children.delete(child)
      return signal
    })
    await Promise.race([once(child, 'message'), ended])
    return {
      name: options.process,
      ended,
      get complaints() {
        return complaints
      },
      async kill() {
        tell('killed', options.process)
        child.kill('SIGKILL')
        await ended
      },
      stop() {
        tell('stopped', options.process)
        child.kill('SIGSTOP')
      },
      continue() {
        child.kill('SIGCONT')
        tell('continued', options.process)
      },
      async close() {
        child.send('close')
        await ended
      },
    }
  }

  async function openHere(): Promise<Instance> {
    return openInstance(shared())
  }

  return {
    url,
    scheduler,
    workload,
    historyPath,
    start,
    openHere,
    finish,
    async recover() {
      const openedAt = systemClock.now()
      const instance = await openHere()
      await theDeadAreFound(instance, openedAt)
      await runsGoOn(instance)
      await finish(instance)
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all([...children].map((child) => once(child, 'close')))
      history.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until no run of an earlier process is running, but not for ever: the verdict finds what is stuck. */
async function theDeadAreFound({ scheduler }: Instance, openedAt: number): Promise<void> {
  const deadline = systemClock.now() + 10 * LEASE_MS
  while (systemClock.now() < deadline) {
    const { items } = await scheduler.listEntries({ states: ['running'], limit: 1_000 })
    if (items.every((entry) => entry.kind === 'run' && entry.startedAt >= openedAt)) return
    await sleep(SWEEP_MS)
  }
}

/** Sees a run settle that started just now. Where operators wanted no runs, they now want them. */
async function runsGoOn({ scheduler }: Instance): Promise<void> {
  await scheduler.start()
  await new Promise<void>((resolve) => {
    const off = scheduler.on('run-settled', () => {
      off()
      resolve()
    })
  })
}

/** Waits for the last outcome to be written, for which `close` alone does not when the machine is too busy. */
async function finish({ scheduler, close }: Instance): Promise<void> {
  await scheduler.stop()
  await scheduler.whenIdle()
  await close()
}
