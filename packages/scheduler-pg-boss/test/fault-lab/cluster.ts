import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { systemClock } from '@pm/scheduler-core'
import { openHistory, type ProcessLine, type TcpProxy } from '@pm/scheduler-testing'
import { createStallMeter, type LabProcess, startLabProcess } from '@pm/testlab'

import { wayTo } from '../way-to.ts'
import type { EngineName, InstanceOptions } from './instance-options.ts'
import { openLedgerReader } from './ledger-reader.ts'
import type { CrashingPostgres, CrashingServer } from './servers.ts'

export interface ClusterOptions {
  readonly engine: EngineName
  /** The file that its processes run. */
  readonly child: string
  readonly postgres: CrashingPostgres
  /** `null` where the engine needs none. */
  readonly redis: CrashingServer | null
}

/** One scheduler with two standbys and four workers, each a process with its own way to the servers. */
export interface Cluster extends AsyncDisposable {
  readonly scheduler: string
  readonly databaseUrl: string
  readonly historyPath: string
  /** Starts a process that is not there; resolves when it has opened. */
  start(process: string): Promise<void>
  kill(process: string): Promise<void>
  stop(process: string): void
  continue(process: string): void
  /** Nothing gets through to the servers and back any more; what is said meanwhile arrives when it is connected again. */
  cutOff(process: string): void
  connect(process: string): void
  crashPostgres(awayMs: number): Promise<void>
  crashRedis(awayMs: number): Promise<void>
  /** Waits for what was lost on the way, closes the schedulers, waits until no run is open, and closes the workers. */
  finish(): Promise<void>
}

export const SCHEDULERS = ['s1', 's2', 's3']
/** The clock of the last one is ahead. */
export const WORKERS = ['w1', 'w2', 'w3', 'w4']
const SKEWED = 'w4'
const SKEW_MS = 10_000

interface Member {
  readonly proxies: readonly TcpProxy[]
  readonly options: InstanceOptions
  /** The present life of it, or the last one. Each has a name of its own in the history. */
  process: LabProcess | null
  lives: number
}

/** Makes the database and the ways to it, and starts nothing yet. */
export async function createCluster({ engine, child, postgres, redis }: ClusterOptions): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'fault-lab-'))
  const historyPath = join(folder, 'history.jsonl')
  const history = openHistory(historyPath)
  const scheduler = `cluster-${engine}`
  const databaseUrl = await postgres.createDatabase(scheduler)
  const reader = await openLedgerReader({ databaseUrl, scheduler })
  const meter = createStallMeter({
    onStall: (ms) => history.append({ kind: 'stalled', process: null, at: systemClock.now(), ms }),
  })
  const members = new Map<string, Member>()
  for (const name of [...SCHEDULERS, ...WORKERS]) {
    const toPostgres = await wayTo(databaseUrl)
    const toRedis = redis === null ? null : await wayTo(`redis://127.0.0.1:${redis.port}`)
    const options: InstanceOptions = {
      role: SCHEDULERS.includes(name) ? 'scheduler' : 'worker',
      engine,
      databaseUrl: toPostgres.url,
      redisUrl: toRedis === null ? null : toRedis.url,
      scheduler,
      process: name,
      historyPath,
      skewMs: name === SKEWED ? SKEW_MS : 0,
    }
    const proxies = toRedis === null ? [toPostgres.proxy] : [toPostgres.proxy, toRedis.proxy]
    members.set(name, { options, proxies, process: null, lives: 0 })
  }

  const memberOf = (name: string): Member => {
    const member = members.get(name)
    if (member === undefined) throw new Error(`The cluster has no process ${name}.`)
    return member
  }
  const processOf = (name: string): LabProcess => {
    const { process } = memberOf(name)
    if (process === null) throw new Error(`The process ${name} was not started.`)
    return process
  }
  const tellOf = (process: string) => (kind: ProcessLine['kind']) => {
    history.append({ kind, process, at: systemClock.now() })
  }

  async function close(name: string): Promise<void> {
    const process = processOf(name)
    await process.close()
    if (process.complaints !== '') throw new Error(`${name} complained: ${process.complaints}`)
  }

  return {
    scheduler,
    databaseUrl,
    historyPath,
    async start(name) {
      const member = memberOf(name)
      const life = `${name}.${++member.lives}`
      const options = { ...member.options, process: life }
      const process = startLabProcess({ file: child, name: life, options, tell: tellOf(life) })
      member.process = process
      await process.opened
      const ended = await Promise.race([process.ended.then(() => true), nextTurn(false)])
      if (ended) throw new Error(`${name} did not open: ${process.complaints}`)
    },
    kill: (name) => processOf(name).kill(),
    stop: (name) => processOf(name).stop(),
    continue: (name) => processOf(name).continue(),
    cutOff(name) {
      for (const proxy of memberOf(name).proxies) proxy.set({ kind: 'black-hole' })
      // To the others it is as one that stands still.
      tellOf(processOf(name).name)('stopped')
    },
    connect(name) {
      for (const proxy of memberOf(name).proxies) proxy.set({ kind: 'pass' })
      tellOf(processOf(name).name)('continued')
    },
    async crashPostgres(awayMs) {
      const from = systemClock.now()
      await postgres.crash(awayMs)
      await reader.whenBack()
      const at = systemClock.now()
      history.append({ kind: 'stalled', process: null, at, ms: at - from })
    },
    async crashRedis(awayMs) {
      if (redis === null) throw new Error(`${engine} uses no Redis.`)
      await redis.crash(awayMs)
    },
    async finish() {
      await reader.whenQueueIsShort()
      await Promise.all(SCHEDULERS.map(close))
      await reader.whenNoRunIsOpen()
      await Promise.all(WORKERS.map(close))
    },
    async [Symbol.asyncDispose]() {
      for (const { process, proxies } of members.values()) {
        await process?.remove()
        for (const proxy of proxies) await proxy.close()
      }
      meter.stop()
      history.close()
      await reader.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
