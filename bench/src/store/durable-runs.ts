/**
 * How many runs a second the ledger takes, claimed and settled, each durable before it is acknowledged; beside a bare
 * table that gets the same rows by one insert and one update, without history, tallies or unique due times. Run it with
 * `pnpm --filter @pm/bench durable-runs [seconds]`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import type { EpochMs } from '@pm/scheduler-core'
import { NO_ITEMS, occurrenceId, randomInstanceId } from '@pm/scheduler-core/store'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource } from 'typeorm'

const SECONDS = Number(process.argv[2] ?? 4)
const WORKERS = 4
const JOBS = 100
const scheduler = 'bench'
/** The units of the ledger are the scheduler's own. */
const OWN = { isOwn: true }

const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
const server = await startEmbeddedPostgres({ dataDir })
const dataSource = await new DataSource({ type: 'postgres', url: server.url, installExtensions: false }).initialize()
try {
  await migrateScheduler(dataSource)
  await dataSource.query('CREATE TABLE bare (id uuid PRIMARY KEY, job text, state text, at float8, settled float8)')
  const sessions = createTypeormSessions(dataSource)
  const store = createTypeormStore()
  const jobs = Array.from({ length: JOBS }, (_, index) => ({ job: `job-${index}`, cursor: 0 }))
  await sessions.withSession((session) => store.register(session, { scheduler, jobs, now: 0 }))

  const owner = randomInstanceId()
  let due: EpochMs = Date.UTC(2025, 8, 16)
  const ledger = async (size: number) => {
    const now = due
    const claims = Array.from({ length: size }, (_, index) => {
      const job = `job-${index % JOBS}`
      const scheduledFor = due++
      const id = occurrenceId({ scheduler, job, scheduledFor })
      const lease = { owner, startedAt: now, leaseUntil: now + 15_000 }
      return {
        id,
        job,
        trigger: 'schedule',
        scheduledFor,
        attempt: 1,
        latenessMs: scheduledFor % 23,
        ...lease,
      } as const
    })
    const changes = claims.map((claim) => ({ job: claim.job, cursor: null, unrun: [], claims: [claim], cancel: [] }))
    const claimed = await sessions.withSession((session) => store.record(session, { scheduler, changes }), OWN)
    const settlements = claimed.map(({ id, job, fence }) => {
      const outcome = {
        state: 'succeeded',
        settledAt: now,
        durationMs: 60 + ((due * 7919) % 97),
        items: NO_ITEMS,
        calls: [],
        progress: null,
        error: null,
      } as const
      return { runId: id, job, fence, attempt: 1, ...outcome }
    })
    await sessions.withSession((session) => store.settle(session, { scheduler, settlements }), OWN)
  }
  const bare = async (size: number) => {
    const rows = Array.from({ length: size }, () => ({ id: randomUUID(), job: 'job', state: 'running', at: due++ }))
    await sessions.withSession((session) =>
      session.query(
        'INSERT INTO bare SELECT * FROM json_to_recordset($1) AS r (id uuid, job text, state text, at float8, settled float8)',
        [JSON.stringify(rows)],
      ),
    )
    await sessions.withSession((session) =>
      session.query(`UPDATE bare SET state = 'succeeded', settled = at WHERE id = ANY ($1)`, [
        rows.map(({ id }) => id),
      ]),
    )
  }
  const table = []
  for (const size of [1, 50, 500]) {
    const floor = await rate(bare, size)
    const ours = await rate(ledger, size)
    table.push({ batch: size, ledger: Math.round(ours), bare: Math.round(floor), ratio: (ours / floor).toFixed(2) })
  }
  console.table(table)
} finally {
  await dataSource.destroy()
  await server.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
}

/** Rows a second with several units of work under way. */
async function rate(batch: (size: number) => Promise<void>, size: number): Promise<number> {
  const began = performance.now()
  let rows = 0
  const worker = async () => {
    while (performance.now() - began < SECONDS * 1_000) {
      await batch(size)
      rows += size
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
  return (rows / (performance.now() - began)) * 1_000
}
