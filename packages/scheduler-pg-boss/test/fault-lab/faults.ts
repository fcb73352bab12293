import { setTimeout as sleep } from 'node:timers/promises'

import { type EpochMs, systemClock } from '@pm/scheduler-core'

import type { Cluster } from './cluster.ts'

/** A fault as it was, for the report. */
export interface FaultRecord {
  readonly kind: FaultKind
  /** The process that it happened to; `null` for a server. */
  readonly process: string | null
  readonly from: EpochMs
  /** When everything was there again: the server back, the process awake, started again or connected. */
  readonly to: EpochMs
}

export const FAULT_KINDS = ['kill', 'stop', 'partition', 'postgres-restart', 'redis-restart'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Which fault happens to whom. A server's has no process. */
export type PlannedFault = readonly [kind: FaultKind, process?: string]

/** How long a process is away: three leases, so that others take it for dead. */
const AWAY_MS = 3_000
const SERVER_AWAY_MS = 1_000

/** Lets a fault happen and end. */
export async function happen(cluster: Cluster, [kind, process = '']: PlannedFault): Promise<FaultRecord> {
  const from = systemClock.now()
  await FAULTS[kind](cluster, process)
  return { kind, process: process === '' ? null : process, from, to: systemClock.now() }
}

const FAULTS: Readonly<Record<FaultKind, (cluster: Cluster, process: string) => Promise<void>>> = {
  async kill(cluster, process) {
    await cluster.kill(process)
    await cluster.start(process)
  },
  async stop(cluster, process) {
    cluster.stop(process)
    await sleep(AWAY_MS)
    cluster.continue(process)
  },
  async partition(cluster, process) {
    cluster.cutOff(process)
    await sleep(AWAY_MS)
    cluster.connect(process)
  },
  async 'postgres-restart'(cluster) {
    await cluster.crashPostgres(SERVER_AWAY_MS)
  },
  async 'redis-restart'(cluster) {
    await cluster.crashRedis(SERVER_AWAY_MS)
  },
}
