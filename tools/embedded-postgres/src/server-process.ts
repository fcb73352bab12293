import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

import { spawnOptions } from './account.ts'
import { type Cluster, locate } from './cluster.ts'
import { watchOver } from './watchdog.ts'

/** `fast` ends connections and writes everything down; `immediate` is a crash, from which the next start recovers. */
export type StopMode = 'fast' | 'immediate'

export interface ServerProcess {
  readonly pid: number
  stop(mode: StopMode): Promise<void>
}

export interface StartServerInput {
  readonly cluster: Cluster
  readonly port: number
  readonly durable: boolean
  readonly settings: Readonly<Record<string, string>>
  readonly onLog: (line: string) => void
}

/** Starts the server and resolves when it accepts connections; rejects with its last words when it ends before. */
export async function startServer(input: StartServerInput): Promise<ServerProcess> {
  const { account, binaries, folder } = input.cluster
  const { cwd, dataPath } = locate(folder, account)
  const settings = Object.entries({ ...serverSettings(input), ...input.settings })
  const child = spawn(
    binaries.postgres,
    ['-D', dataPath, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...spawnOptions(account),
      cwd,
      // Out of the terminal's process group: Ctrl-C is for the host, which decides when its database stops.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await untilReady(child, input.onLog)
  const { pid } = child
  if (pid === undefined) throw new Error('PostgreSQL has no process number.')
  const watchdog = watchOver(pid, account)
  void exited.then(watchdog.dismiss)
  child.unref()
  return {
    pid,
    async stop(mode) {
      child.ref()
      await signalStop({ child, mode, cluster: input.cluster })
      const insist = setTimeout(() => child.kill('SIGQUIT'), 10_000)
      await exited.finally(() => clearTimeout(insist))
    },
  }
}

function serverSettings({ port, durable }: StartServerInput): Record<string, string> {
  const base = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  return durable ? base : { ...base, fsync: 'off', full_page_writes: 'off' }
}

function untilReady(child: ChildProcess, onLog: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const last: string[] = []
    child.once('error', (cause) => reject(new Error(`PostgreSQL could not be started: ${cause.message}`, { cause })))
    child.once('close', () => reject(new Error(`PostgreSQL ended before it was ready:\n${last.join('\n')}`)))
    if (!child.stderr) return
    createInterface({ input: child.stderr }).on('line', (line) => {
      onLog(line)
      last.push(line)
      if (last.length > 10) last.shift()
      if (READY.test(line)) {
        if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref()
        resolve()
      }
    })
  })
}

interface SignalStopInput {
  readonly child: ChildProcess
  readonly mode: StopMode
  readonly cluster: Cluster
}

/** Windows has no signals that a program could act on: there pg_ctl speaks the server's own event protocol. */
async function signalStop({ child, mode, cluster }: SignalStopInput): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (process.platform !== 'win32') {
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
    return
  }
  await promisify(execFile)(cluster.binaries.pgCtl, ['stop', '-D', cluster.folder, '-m', mode], { windowsHide: true })
}

/** A standby takes connections that only read. */
const READY = /database system is ready to accept (read-only )?connections/
