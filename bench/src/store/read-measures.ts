/**
 * What a snapshot costs the database as the history grows. Run it with
 * `pnpm --filter @pm/bench read-measures [runs ...]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource, type EntityManager } from 'typeorm'
import { tableNames } from '../../../packages/scheduler-typeorm/src/sql/names.ts'
import { fillHistory } from '../../../packages/scheduler-typeorm/test/fill-history.ts'

const HOUR = 3_600_000
/** The middle of a minute and of an hour: both edges of every window are read from rows. */
const AS_OF = Date.UTC(2025, 8, 16, 2, 30, 30, 500)
const WINDOWS = { recent: 24 * HOUR, last_hour: HOUR }
const ROUNDS = 200
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 10_000, 100_000, 1_000_000]

const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
const server = await startEmbeddedPostgres({ dataDir })
const dataSource = await new DataSource({ type: 'postgres', url: server.url, installExtensions: false }).initialize()
try {
  const histories = []
  for (const runs of sizes) {
    const schema = `bench_${runs}`
    await migrateScheduler(dataSource, { schema })
    const history = { scheduler: 'bench', jobs: 10, runs, everyMs: 2_000, until: AS_OF }
    const started = performance.now()
    await fillHistory(dataSource, tableNames(schema), history)
    console.log(`${runs} runs written in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    histories.push({ runs, read: reader(schema), times: [] as number[] })
  }
  for (let round = -20; round < ROUNDS; round++) {
    for (const { read, times } of histories) {
      const started = performance.now()
      const { jobs } = await read()
      if (round >= 0) times.push(performance.now() - started)
      if (round === 0) console.log(jobs[0]?.lifetime.succeeded, jobs[0]?.windows['recent']?.succeeded)
    }
  }
  console.table(histories.map(({ runs, times }) => ({ runs, ...quantiles(times) })))
} finally {
  await dataSource.destroy()
  await server.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
}

function reader(schema: string) {
  const sessions = createTypeormSessions(dataSource)
  const store = createTypeormStore({ schema })
  const work = (session: EntityManager) => {
    return store.readMeasures(session, { scheduler: 'bench', asOf: AS_OF, windowsMs: WINDOWS })
  }
  return () => sessions.withSession(work, { readOnly: true, isOwn: true })
}

function quantiles(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2)} ms`
  return { best: at(0), median: at(0.5), p95: at(0.95) }
}
