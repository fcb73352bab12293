import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { StopRequested } from './signals.ts'

/**
 * Stops when the npx that started us has ended. npx does not forward SIGTERM to the pnpm that it runs, so that ending
 * `npx pnpm start` would otherwise leave everything running.
 */
export async function stopWithNpx(stop: AbortController): Promise<void> {
  const npx = await findNpx()
  if (npx === null) return
  const timer = setInterval(() => {
    if (isAlive(npx)) return
    clearInterval(timer)
    stop.abort(new StopRequested('the end of npx'))
  }, CHECK_MS)
  timer.unref()
}

const CHECK_MS = 500

/** The process id of the nearest ancestor that is an `npx`; `null` when there is none or the system has no `ps`. */
async function findNpx(): Promise<number | null> {
  const listing = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']).catch(() => null)
  const processes = new Map<number, { readonly parent: number; readonly command: string }>()
  for (const line of listing?.stdout.split('\n') ?? []) {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    if (command !== undefined) processes.set(Number(pid), { parent: Number(parent), command })
  }
  for (let pid = process.ppid; pid > 1; pid = processes.get(pid)?.parent ?? 0) {
    if (NPX.test(processes.get(pid)?.command ?? '')) return pid
  }
  return null
}

/** npm sets its process title to the command; before that, the title is the path of the script. */
const NPX = /^npm exec |[/\\]npx(-cli\.js)?(\s|$)/

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM means that the process exists but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
