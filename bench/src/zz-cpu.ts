import { execSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, readFileSync, readdirSync } from 'node:fs'
import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { NO_ITEMS, occurrenceId, randomInstanceId } from '@pm/scheduler-core/store'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource } from 'typeorm'
const dataDir = mkdtempSync('/tmp/proto/pg-')
const server = await startEmbeddedPostgres({ dataDir })
const postmaster = Number(readFileSync(execSync('find ' + dataDir + ' -name postmaster.pid').toString().trim(), 'utf8').split('\n')[0])
function pgCpu() { let t = 0; for (const p of readdirSync('/proc')) { if (!/^\d+$/.test(p)) continue; try { const s = readFileSync(`/proc/${p}/stat`, 'utf8'); const f = s.slice(s.lastIndexOf(')') + 2).split(' '); if (Number(f[1]) === postmaster || Number(p) === postmaster) t += Number(f[11]) + Number(f[12]) } catch {} } return t * 10_000 }
const ds = await new DataSource({ type: 'postgres', url: server.url, installExtensions: false }).initialize()
await migrateScheduler(ds)
await ds.query('CREATE TABLE bare (id uuid PRIMARY KEY, job text, state text, at float8, settled float8)')
const sessions = createTypeormSessions(ds); const store = createTypeormStore()
const JOBS = 100, scheduler = 'bench'
await sessions.withSession((s) => store.register(s, { scheduler, jobs: Array.from({ length: JOBS }, (_, i) => ({ job: `job-${i}`, cursor: 0 })), now: 0 }))
const owner = randomInstanceId(); let due = Date.UTC(2025, 8, 16)
const times = { record: 0, settle: 0 }
const ledger = async (size: number) => {
  const now = due
  const claims = Array.from({ length: size }, (_, i) => { const job = `job-${i % JOBS}`; const scheduledFor = due++; return { id: occurrenceId({ scheduler, job, scheduledFor }), job, trigger: 'schedule', scheduledFor, attempt: 1, latenessMs: scheduledFor % 23, owner, startedAt: now, leaseUntil: now + 15000 } as const })
  const changes = claims.map((c) => ({ job: c.job, cursor: null, unrun: [], claims: [c], cancel: [] }))
  const t0 = performance.now()
  const claimed = await sessions.withSession((s) => store.record(s, { scheduler, changes }))
  const t1 = performance.now()
  const settlements = claimed.map(({ id, job, fence }) => ({ runId: id, job, fence, attempt: 1, state: 'succeeded', settledAt: now, durationMs: 60 + ((due * 7919) % 97), items: NO_ITEMS, calls: [], progress: null, error: null }) as const)
  await sessions.withSession((s) => store.settle(s, { scheduler, settlements, waitMs: 1000 }))
  times.record += t1 - t0; times.settle += performance.now() - t1
}
const bare = async (size: number) => {
  const rows = Array.from({ length: size }, () => ({ id: randomUUID(), job: 'job', state: 'running', at: due++ }))
  await sessions.withSession((s) => s.query('INSERT INTO bare SELECT * FROM json_to_recordset($1) AS r (id uuid, job text, state text, at float8, settled float8)', [JSON.stringify(rows)]))
  await sessions.withSession((s) => s.query(`UPDATE bare SET state = 'succeeded', settled = at WHERE id = ANY ($1)`, [rows.map(({ id }) => id)]))
}
const seconds = Number(process.argv[2] ?? 3)
for (const size of [1, 50, 500]) for (const [name, f] of [['bare', bare], ['ledger', ledger]] as const) {
  times.record = times.settle = 0
  const p0 = pgCpu(), n0 = process.cpuUsage(), began = performance.now(); let rows = 0
  const workers = 4
  await Promise.all(Array.from({ length: workers }, async () => { while (performance.now() - began < seconds * 1000) { await f(size); rows += size } }))
  const n = process.cpuUsage(n0); const wall = performance.now() - began
  console.log(`${name} ${size}: ${Math.round(rows / wall * 1000)}/s pg ${((pgCpu() - p0) / rows).toFixed(1)} us node ${((n.user + n.system) / rows).toFixed(1)} us | record ${(times.record / rows * 1000).toFixed(0)} settle ${(times.settle / rows * 1000).toFixed(0)}`)
}
await ds.destroy(); await server.stop('immediate'); rmSync(dataDir, { recursive: true, force: true })
