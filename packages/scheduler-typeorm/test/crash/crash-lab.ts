import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { type Run, systemClock } from '@pm/scheduler-core'
import { type FailpointOptions, openHistory, type ProcessLine } from '@pm/scheduler-testing'
import { byDeadline, createStallMeter, type LabProcess, startLabProcess } from '@pm/testlab'
import { DataSource } from 'typeorm'
import { inject } from 'vitest'

import { dataSourceOptions } from '../data-source-options.ts'
import type {} from './bundle-child.ts'
import type { ChildOptions } from './child.ts'
import { type Instance, type InstanceOptions, LEASE_MS, openInstance, SWEEP_MS } from './instance.ts'
import type { WorkloadName } from './workload.ts'

export interface CrashLabOptions {
  readonly url: string
  /** The scheduler that all processes of this lab share. */
  readonly scheduler: string
  readonly workload: WorkloadName
}

/** Starts, kills and stops processes with schedulers. All of them write to one history. */
export interface CrashLab extends AsyncDisposable {
  readonly url: string
  readonly scheduler: string
  readonly workload: WorkloadName
  readonly historyPath: string
  /** Starts a process; resolves when it has opened its scheduler, or has died before that. */
  start(options?: StartOptions): Promise<LabProcess>
  /** Opens an instance in this process. */
  openHere(options?: Pick<InstanceOptions, 'concurrency'>): Promise<Instance>
  /** Stops an instance of this process and closes it once its last outcome is written. */
  finish(instance: Instance): Promise<void>
  /**
   * Opens an instance here, starts it, waits until it has settled a new run, found the orphans of dead processes and
   * taken up what shutdowns left open, and closes it.
   */
  recover(): Promise<void>
}

export interface StartOptions {
  readonly failpoint?: Pick<FailpointOptions, 'at' | 'nth' | 'during'>
  /** Whether the process also gives every command, one after the other. */
  readonly commands?: boolean
}

/** Creates a lab. From now on the history also records stalls of this process and of the database. */
export async function createCrashLab({ url, scheduler, workload }: CrashLabOptions): Promise<CrashLab> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-lab-'))
  const historyPath = join(folder, 'history.jsonl')
  const history = openHistory(historyPath)
  const running = new Set<LabProcess>()
  let processes = 0

  const watching = await new DataSource(dataSourceOptions(url, 1)).initialize()
  const meter = createStallMeter({
    probe: () => watching.query('SELECT 1'),
    onStall: (ms) => history.append({ kind: 'stalled', process: null, at: systemClock.now(), ms }),
  })

  const shared = () => ({ url, scheduler, workload, historyPath, process: `p${++processes}` })

  async function start({ failpoint, commands = false }: StartOptions = {}): Promise<LabProcess> {
    const options: ChildOptions = { ...shared(), commands, ...(failpoint && { failpoint }) }
    const name = options.process
    const tell = (kind: ProcessLine['kind']) => history.append({ kind, process: name, at: systemClock.now() })
    const started = startLabProcess({ file: inject('crashChild'), name, options, tell })
    running.add(started)
    started.ended.then(
      () => running.delete(started),
      () => {},
    )
    await started.opened
    return started
  }

  async function openHere(options: Pick<InstanceOptions, 'concurrency'> = {}): Promise<Instance> {
    return openInstance({ ...shared(), ...options })
  }

  async function within<T>(withinMs: number, what: string, work: Promise<T>): Promise<T> {
    return byDeadline(work, { withinMs, what, state: () => watching.query(ACTIVITY) })
  }

  /** Waits up to a deadline until no run is in the way. The verdict finds runs that are stuck. */
  async function noneIsLeft({ scheduler }: Instance, isInTheWay: (run: Run) => boolean): Promise<void> {
    const deadline = systemClock.now() + 10 * LEASE_MS
    while (systemClock.now() < deadline) {
      const listing = scheduler.listRuns({ states: ['running'], limit: 1_000 })
      const { items } = await within(60_000, 'The list of running runs', listing)
      if (!items.some((entry) => entry.kind === 'run' && isInTheWay(entry))) return
      await sleep(SWEEP_MS)
    }
  }

  /** Starts the scheduler if it was stopped or paused, and waits until a run that starts now has settled. */
  async function runsGoOn({ scheduler, runner }: Instance): Promise<void> {
    await within(60_000, 'The answer to start', scheduler.start())
    const { promise, resolve } = Promise.withResolvers<void>()
    const off = runner.on('run-settled', () => resolve())
    await within(60_000, `A run while ${scheduler.state}`, promise)
    off()
  }

  /**
   * Waits until the last outcome is written; on a busy machine `close` alone may give up earlier. The instance may also
   * lose leases of its own then, and must find those orphans itself, since no instance comes after it.
   */
  async function finish(instance: Instance): Promise<void> {
    const { scheduler, runner, close } = instance
    await within(60_000, 'The answer to stop', scheduler.stop())
    await within(60_000, 'The end of all runs', runner.whenIdle())
    // What the stop has just left open waits for an instance that does not come.
    await noneIsLeft(instance, ({ releasedAt }) => releasedAt === null)
    await within(60_000, 'The end of the instance', close())
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
      // First, since a run that a shutdown left open is not taken up while the scheduler is paused or stopped.
      await runsGoOn(instance)
      await noneIsLeft(instance, ({ startedAt, releasedAt }) => startedAt < openedAt || releasedAt !== null)
      await finish(instance)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map((each) => each.remove()))
      meter.stop()
      await watching.destroy()
      history.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What each connection to this database does, and which connections block it. */
const ACTIVITY = `
  SELECT pid, pg_blocking_pids(pid) AS waits_for, state, wait_event, now() - state_change AS since, query
  FROM pg_stat_activity WHERE datname = current_database()`
