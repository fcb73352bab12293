import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { isAlive, serves } from './process-facts.ts'

/**
 * Ends a server that a killed process left on this cluster, so that the next start finds it free. The caller owns
 * the data folder: a server that is still there belongs to nobody. Usually its watchdog is already ending it.
 */
export async function endOrphan(clusterFolder: string): Promise<void> {
  const file = join(clusterFolder, 'postmaster.pid')
  const pid = readPid(file)
  if (pid === null || !isAlive(pid)) return
  if (!serves(pid, clusterFolder)) {
    // Another program got the number since: the server would take it for a living postmaster and refuse to start.
    rmSync(file, { force: true })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalIfAlive(pid, signal)
    if (await isGone(pid)) return
  }
  throw new Error(`A PostgreSQL (process ${pid}) holds ${clusterFolder} and does not end.`)
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, signal)
}

async function isGone(pid: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 20) {
    if (!isAlive(pid)) return true
    await delay(20)
  }
  return false
}
