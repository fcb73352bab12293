import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { freePort } from '../free-port.ts'

/** Whether `redis-server` is on the path. Where it is not, prints that `what` is skipped. */
export function hasRedis(what: string): boolean {
  const isHere = spawnSync('redis-server', ['--version']).status === 0
  if (!isHere) console.info(`Skipped, since redis-server is not here: ${what}.`)
  return isHere
}

export interface Redis {
  /** With the password, where it has one. The same after each start. */
  readonly url: string
  readonly port: number
  /** Of the process that runs now, or that was the last one. */
  readonly pid: number
  /** Ends it, after it has written its memory down for the next start. */
  shutDown(): Promise<void>
  /** Ends it at once, as a crash does. Its memory is lost. */
  kill(): Promise<void>
  /** Starts it again on its port. Resolves when it serves. */
  start(): Promise<void>
  /** `kept` writes the memory down first; `lost` is a crash, after which it is empty. */
  restart(memory: 'kept' | 'lost'): Promise<void>
  /** Ends it for good, and removes its folder. */
  stop(): Promise<void>
}

export interface StartRedisOptions {
  /** Clients have to give it. Default: none. */
  readonly password?: string
  /** More options of the server, such as `['--maxmemory', '1mb']`. */
  readonly settings?: readonly string[]
}

/** A real Redis on a free port of the loopback address, in a folder of its own. It ends with this process, if not before. */
export async function startRedis({ password, settings = [] }: StartRedisOptions = {}): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const port = await freePort()
  const options = ['--port', String(port), '--dir', folder, ...SETTINGS, ...settings]
  if (password !== undefined) options.push('--requirepass', password)
  let child = await serve(options)
  const shutDown = () => end(child, 'SIGTERM')
  const kill = async () => {
    rmSync(join(folder, DUMP), { force: true })
    await end(child, 'SIGKILL')
  }
  return {
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0
    },
    shutDown,
    kill,
    async start() {
      if (isRunning(child)) throw new Error('Redis is running.')
      child = await serve(options)
    },
    async restart(memory) {
      await (memory === 'kept' ? shutDown() : kill())
      child = await serve(options)
    },
    async stop() {
      await end(child, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const DUMP = 'dump.rdb'

/** It writes its memory down when it is asked to end, and at no other time. */
const SETTINGS = ['--bind', '127.0.0.1', '--save', '', '--dbfilename', DUMP, '--shutdown-on-sigterm', 'save']

async function serve(options: readonly string[]): Promise<ChildProcess> {
  // Out of the terminal's process group: Ctrl-C is for the host, which decides when it ends.
  const child = spawn('redis-server', options, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`Redis could not be started: ${cause.message}`, { cause })))
    child.once('close', () => reject(new Error(`Redis ended before it was ready:\n${said.slice(-10).join('\n')}`)))
    const listen = (line: string) => {
      if (said.length < 100) said.push(line)
      if (line.includes('Ready to accept connections')) resolve()
    }
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', listen)
  })
  watchOver(child)
  return child
}

/** A shell whose input ends with this process, however that ends, and which then ends Redis. */
function watchOver(child: ChildProcess): void {
  const shell = spawn('sh', ['-c', `read -r _; kill -9 ${child.pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.once('exit', () => shell.kill('SIGKILL'))
  for (const one of [shell, child, shell.stdin, child.stdout, child.stderr]) {
    if (one && 'unref' in one && typeof one.unref === 'function') one.unref()
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return
  child.ref()
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null
