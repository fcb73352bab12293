import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { startRedis } from '@pm/testlab/redis'
import { Client } from 'pg'

/** A server that crashes and comes back at its address. */
export interface CrashingServer {
  readonly port: number
  /** The server ends at once, and is back after that time. */
  crash(awayMs: number): Promise<void>
  close(): Promise<void>
}

export interface CrashingPostgres extends CrashingServer {
  /** Makes a database, and answers its address. */
  createDatabase(name: string): Promise<string>
}

/** A PostgreSQL that keeps what it has committed. */
export async function startCrashingPostgres(): Promise<CrashingPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fault-lab-postgres-'))
  const options = { dataDir, durable: false, settings: { max_connections: '200' } }
  let server = await startEmbeddedPostgres(options)
  const { port, url } = server
  return {
    port,
    async createDatabase(name) {
      const client = new Client({ connectionString: url })
      await client.connect()
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
      await client.end()
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    async crash(awayMs) {
      await server.stop('immediate')
      await sleep(awayMs)
      server = await startEmbeddedPostgres({ ...options, port })
    },
    async close() {
      await server.stop('immediate')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A Redis that loses its memory. */
export async function startCrashingRedis(): Promise<CrashingServer> {
  const redis = await startRedis()
  return {
    port: redis.port,
    async crash(awayMs) {
      await redis.kill()
      await sleep(awayMs)
      await redis.start()
    },
    close: () => redis.stop(),
  }
}
