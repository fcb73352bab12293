import { join, resolve } from 'node:path'

import { isRoot, NOBODY } from './account.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { freePort } from './free-port.ts'
import { makeFolder } from './make-folder.ts'
import { nativeBinaries } from './native-binaries.ts'
import { endOrphan } from './orphan.ts'
import { takeOwnership } from './ownership.ts'
import { type ServerProcess, type StopMode, startServer } from './server-process.ts'

export interface EmbeddedPostgresOptions {
  /** Where the data lives; made when it is not there, reused when it is. It may lie where only we can enter. */
  readonly dataDir: string
  /** Default: one that is free. */
  readonly port?: number
  /** Whether a commit survives a power cut (default true). False is faster, and still survives a killed server. */
  readonly durable?: boolean
  /** Further settings of the server, such as `{ max_connections: '20' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Gets the server's log, line by line. */
  readonly onLog?: (line: string) => void
  /** Ends the making of a cluster, which takes seconds. The start then rejects with the reason. */
  readonly signal?: AbortSignal
}

export interface EmbeddedPostgres {
  /** With the password; the server listens on the loopback address alone. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Ends the server (default `fast`); resolves when its process is gone. Idempotent. */
  stop(mode?: StopMode): Promise<void>
}

/**
 * Starts a real PostgreSQL from the npm package of this platform and resolves when it accepts connections.
 *
 * As root, as whom PostgreSQL refuses to run, the server runs as a user number that nobody else has, so that no other
 * process can change its cluster or end it; where there is none to choose (see `account.ts`) as `nobody`. Otherwise it
 * runs as oneself, and whatever runs as oneself can do both. Without the password, which is in a file that only we can
 * read, nobody gets in: there is no trusted connection, not even from this machine.
 *
 * It ends with its parent, also when that is killed (see `watchdog.ts`), and does not keep the parent alive. Rejects when
 * a living process has the data folder, when the port is taken, and when the data is of another major version.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir)
  makeFolder(dataDir)
  const binaries = nativeBinaries(isRoot() ? NOBODY : null)
  const ownership = takeOwnership(dataDir)
  try {
    await endOrphan(join(dataDir, 'cluster'))
    const { durable = true, signal } = options
    const cluster = await openCluster({ dataDir, binaries, durable, signal })
    const { server, port } = await startOnPort(cluster, options)
    let stopping: Promise<void> | undefined
    return {
      url: `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
      port,
      pid: server.pid,
      stop(mode = 'fast') {
        stopping ??= server.stop(mode).finally(ownership.release)
        return stopping
      },
    }
  } catch (error) {
    ownership.release()
    throw error
  }
}

/** A free port may be taken by somebody else before the server binds it: then another one. */
async function startOnPort(
  cluster: Cluster,
  options: EmbeddedPostgresOptions,
): Promise<{ server: ServerProcess; port: number }> {
  const { durable = true, settings = {}, onLog = () => {} } = options
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort())
    try {
      return { server: await startServer({ cluster, port, durable, settings, onLog }), port }
    } catch (error) {
      const taken = error instanceof Error && /could not bind|could not create any TCP/.test(error.message)
      if (!taken) throw error
      if (options.port !== undefined) throw new Error(`Port ${port} is in use.`, { cause: error })
      if (attempt === 5) throw error
    }
  }
}
