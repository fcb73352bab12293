import { readdirSync, readFileSync } from 'node:fs'

/** `/proc` counts in hundredths of a second on every Linux that Node runs on. */
const US_PER_TICK = 10_000

/**
 * The CPU that a server and its processes have used so far, in microseconds; `null` where the system has no `/proc`.
 * Processes that have ended count too: the server collects their time when it collects them.
 */
export function serverCpuUs(serverPid: number): number | null {
  const server = readStat(serverPid)
  if (server === null) return null
  let ticks = server.own + server.ended
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const stat = readStat(pid)
    if (stat?.parent === serverPid) ticks += stat.own
  }
  return ticks * US_PER_TICK
}

interface ProcessStat {
  readonly parent: number
  /** What it has used itself, in user and system mode. */
  readonly own: number
  /** What its ended children had used. */
  readonly ended: number
}

function readStat(pid: number): ProcessStat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name that may hold anything; these fields begin with the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const field = (number: number) => Number(fields[number - 3])
    return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) }
  } catch {
    return null
  }
}
