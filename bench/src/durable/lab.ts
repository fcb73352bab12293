import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { DataSource } from 'typeorm'

/** A durable server of its own, and what stands ready on it. */
export interface Lab {
  readonly url: string
  readonly serverPid: number
  readonly dataSource: DataSource
  readonly versions: Readonly<Record<string, string>>
}

export async function withLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
  const server = await startEmbeddedPostgres({ dataDir })
  try {
    const dataSource = await openDataSource(server.url)
    try {
      const [row] = await dataSource.query('SHOW server_version')
      const versions = { postgres: String(row.server_version), node: process.versions.node, ...packageVersions() }
      return await work({ url: server.url, serverPid: server.pid, dataSource, versions })
    } finally {
      await dataSource.destroy()
    }
  } finally {
    await server.stop('immediate')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

export function openDataSource(url: string): Promise<DataSource> {
  return new DataSource({ type: 'postgres', url, installExtensions: false }).initialize()
}

function packageVersions(): Record<string, string> {
  return Object.fromEntries(
    ['typeorm', 'pg', 'pg-boss', 'graphile-worker'].map((name) => {
      const file = join(import.meta.dirname, '../../node_modules', name, 'package.json')
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
      return [name, version]
    }),
  )
}
