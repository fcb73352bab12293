import { execSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { NO_ITEMS, occurrenceId, randomInstanceId } from '@pm/scheduler-core/store'
import { createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource } from 'typeorm'
const dataDir = mkdtempSync('/tmp/proto/pg-')
const server = await startEmbeddedPostgres({ dataDir })
const ds = await new DataSource({ type: 'postgres', url: server.url, installExtensions: false }).initialize()
await migrateScheduler(ds)
const store = createTypeormStore()
const JOBS = 100, scheduler = 'bench'
const runner = ds.createQueryRunner(); const client = await runner.connect()
let current = ''; let explain = false
const sums = new Map<string, { n: number, cpu: number, wall: number }>()
client.on('notice', (m: any) => {
  const f = /(\d+\.\d+) s user, (\d+\.\d+) s system, (\d+\.\d+) s elapsed/.exec(m.detail ?? m.message ?? '')
  if (!f) return
  const key = current + ' ' + m.message
  const s = sums.get(key) ?? { n: 0, cpu: 0, wall: 0 }; s.n++; s.cpu += Number(f[1]) + Number(f[2]); s.wall += Number(f[3]); sums.set(key, s)
})
const real = runner.query.bind(runner)
runner.query = (async (text: any, ...more: any[]) => { current = (typeof text === 'string' ? text : text.text).replace(/\s+/g, ' ').slice(0, 60); if (false && typeof text === 'string' && /WITH s AS|WITH moved/.test(text)) { const r = await real('EXPLAIN (ANALYZE, BUFFERS, WAL, TIMING ON) ' + text, ...more); console.log(r.map((x: any) => x['QUERY PLAN']).join('\n')); } return real(text, ...more) }) as never
await runner.startTransaction(); await store.register(runner.manager, { scheduler, jobs: Array.from({ length: JOBS }, (_, i) => ({ job: `job-${i}`, cursor: 0 })), now: 0 }); await runner.commitTransaction()
await real(`SET client_min_messages='log'`); 
for (const t of ['parser','planner','executor']) await real(`SET log_${t}_stats=on`)
const owner = randomInstanceId(); let due = Date.UTC(2025, 8, 16)
const size = Number(process.argv[2] ?? 500); const rounds = Number(process.argv[3] ?? 60)
const one = async () => {
  const now = due
  const claims = Array.from({ length: size }, (_, i) => { const job = `job-${i % JOBS}`; const scheduledFor = due++; return { id: occurrenceId({ scheduler, job, scheduledFor }), job, trigger: 'schedule', scheduledFor, attempt: 1, latenessMs: scheduledFor % 23, owner, startedAt: now, leaseUntil: now + 15000 } as const })
  const changes = claims.map((c) => ({ job: c.job, cursor: null, unrun: [], claims: [c], cancel: [] }))
  await runner.startTransaction(); const claimed = await store.record(runner.manager, { scheduler, changes }); await runner.commitTransaction()
  const settlements = claimed.map(({ id, job, fence }) => ({ runId: id, job, fence, attempt: 1, state: 'succeeded', settledAt: now, durationMs: 60 + ((due * 7919) % 97), items: NO_ITEMS, calls: [], progress: null, error: null }) as const)
  await runner.startTransaction(); await store.settle(runner.manager, { scheduler, settlements, waitMs: 1000 }); await runner.commitTransaction()
}
const explainOnce = async () => {
  const r = runner.query; await real(`SET client_min_messages='warning'`)
  // explain analyze executes: use savepoints
  runner.query = (async (text: any, ...more: any[]) => {
    if (/WITH s AS|WITH moved|WITH t AS \(DELETE FROM "pm_scheduler".run/.test(text)) { await real('SAVEPOINT x'); const rows: any = await real('EXPLAIN (ANALYZE, BUFFERS, WAL, TIMING ON) ' + text, ...more); console.log(rows.map((x: any) => x['QUERY PLAN']).join('\n')); await real('ROLLBACK TO SAVEPOINT x') }
    return real(text, ...more)
  }) as never
  await one(); runner.query = r
}
for (let i = 0; i < 10; i++) await one()
sums.clear()
for (let i = 0; i < rounds; i++) await one()
for (const [k, { n, cpu, wall }] of [...sums].sort((a, b) => b[1].cpu - a[1].cpu).slice(0, 24)) console.log((cpu / rounds / size * 1e6).toFixed(2).padStart(8), (wall / rounds / size * 1e6).toFixed(2).padStart(8), String(n).padStart(5), k)
explain = true; await runner.startTransaction().then(() => {}); await runner.commitTransaction(); const savedQuery = runner.query; await explainOnce(); await runner.release(); await ds.destroy(); await server.stop('immediate'); rmSync(dataDir, { recursive: true, force: true })
