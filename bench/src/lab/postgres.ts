import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { DataSource, type DataSourceOptions } from 'typeorm'

/** A durable server of its own, and what stands ready on it. */
export interface Postgres extends AsyncDisposable {
  readonly url: string
  readonly serverPid: number
  readonly dataSource: DataSource
  readonly version: string
}

type Extra = Partial<Pick<DataSourceOptions, 'entities' | 'logging' | 'logger'>>

export async function openPostgres(extra: Extra = {}): Promise<Postgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
  // A bench that is ended leaves no gigabyte behind.
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', remove)
  process.once('SIGTERM', () => process.exit(1))
  const server = await startEmbeddedPostgres({ dataDir })
  const dataSource = await openDataSource(server.url, extra)
  const [row] = await dataSource.query('SHOW server_version')
  return {
    url: server.url,
    serverPid: server.pid,
    dataSource,
    version: String(row.server_version),
    async [Symbol.asyncDispose]() {
      await dataSource.destroy()
      await server.stop('immediate')
      process.off('exit', remove)
      remove()
    },
  }
}

export function openDataSource(url: string, extra: Extra = {}): Promise<DataSource> {
  return new DataSource({ type: 'postgres', url, installExtensions: false, ...extra }).initialize()
}
