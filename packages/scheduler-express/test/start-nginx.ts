import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { freePort } from '@pm/testlab/free-port'

export const hasNginx = spawnSync('nginx', ['-v']).status === 0

export interface Nginx {
  readonly url: string
  stop(): Promise<void>
}

/** A real nginx on the loopback interface, with these lines in its `server`, until it is stopped. */
export async function startNginx(lines: readonly string[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'))
  const port = await freePort()
  writeFileSync(join(folder, 'nginx.conf'), configOf({ folder, port, lines }))
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')])
  await listening(child, port)
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true })
    },
  }
}

interface Config {
  readonly folder: string
  readonly port: number
  readonly lines: readonly string[]
}

/** One process, which needs no other user. */
function configOf({ folder, port, lines }: Config): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  return `daemon off; master_process off; pid ${folder}/nginx.pid; events {}
http { access_log off; ${places.join(' ')}
gzip on; gzip_min_length 1; gzip_proxied any; gzip_types application/json;
server { listen 127.0.0.1:${port};
${lines.join('\n')} } }`
}

/** Asks the port itself: nginx does not say when it listens. */
async function listening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (child.exitCode !== null) throw new Error('nginx has ended')
    const socket = connect(port, '127.0.0.1')
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isThere) return
    await wait(10)
  }
  throw new Error('nginx does not listen')
}
