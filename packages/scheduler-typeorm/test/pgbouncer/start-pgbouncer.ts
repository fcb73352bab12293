import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '@pm/testlab/free-port'

export type PoolMode = 'transaction' | 'session'

export interface PgBouncer {
  /** The same database, by way of the pooler. */
  readonly url: string
  stop(): Promise<void>
}

/** Whether there is a PgBouncer on this machine's path that starts. */
export function hasPgBouncer(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0
}

/** It refuses to run as root. */
const NOBODY = 65_534

/** Starts PgBouncer on loopback in front of the database at `url`; resolves when it listens. */
export async function startPgBouncer(url: string, mode: PoolMode): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const config = join(folder, 'pgbouncer.ini')
  writeFileSync(config, configuration({ url: new URL(url), mode, port }), { mode: 0o644 })
  const asRoot = process.getuid?.() === 0
  const child = spawn('pgbouncer', [config], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(asRoot && { uid: NOBODY, gid: NOBODY }),
  })
  await listening(child)
  const through = new URL(url)
  through.port = String(port)
  return {
    url: through.href,
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** As few server connections as make a pool: more units than those have to take turns. */
const SERVER_CONNECTIONS = 20

function configuration({ url, mode, port }: { url: URL; mode: PoolMode; port: number }): string {
  const database = url.pathname.slice(1)
  const user = `user=${url.username}${url.password ? ` password=${decodeURIComponent(url.password)}` : ''}`
  return `[databases]
${database} = host=${url.hostname} port=${url.port} dbname=${database} ${user}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 200
`
}

/** It logs that it is up, and what is wrong when it is not. */
async function listening(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`PgBouncer ended: ${said}`)))
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('process up')) resolve()
    })
  })
}
