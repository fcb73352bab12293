import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { TestProject } from 'vitest/node'

import { startEmbeddedPostgres } from '../start-embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of the server that the suite runs on. */
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for the whole suite, or takes the one in `TEST_DATABASE_URL`. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('postgresUrl', given)
    return undefined
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'test-postgres-'))
  const server = await startEmbeddedPostgres({ dataDir, durable: false, settings: { max_connections: '200' } })
  project.provide('postgresUrl', server.url)
  return async () => {
    await server.stop('immediate')
    rmSync(dataDir, { recursive: true, force: true })
  }
}
