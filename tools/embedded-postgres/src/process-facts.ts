import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** Whether a process with this number runs, ours or somebody else's. One that ended and was not yet reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return statFields(pid)?.[0] !== 'Z'
}

/** When the process started, in the system's own count; `null` where there is no /proc. */
export function startOf(pid: number): string | null {
  return statFields(pid)?.[19] ?? null
}

/** Whether the process is a PostgreSQL that works in this folder; where the system does not say where, any PostgreSQL. */
export function serves(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return programOf(pid).includes('postgres')
  try {
    const theirs = statSync(`/proc/${pid}/cwd`)
    const ours = statSync(folder)
    return theirs.dev === ours.dev && theirs.ino === ours.ino
  } catch {
    // Gone, or of another user, as whom we never start one.
    return false
  }
}

function programOf(pid: number): string {
  const windows = process.platform === 'win32'
  const [command, args] = windows
    ? (['tasklist', ['/NH', '/FI', `PID eq ${pid}`]] as const)
    : (['ps', ['-o', 'comm=', '-p', String(pid)]] as const)
  return spawnSync(command, args, { encoding: 'utf8', windowsHide: true }).stdout ?? ''
}

/** The fields of /proc/<pid>/stat from the third, the state, on: the second is a name that may hold anything. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
