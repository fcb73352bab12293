import { every, isSchedulerError, type Logger } from '@pm/scheduler-core'
import { RUN_COUNTERS } from '@pm/scheduler-core/store'
import { createManualScheduler } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const MINUTE = 60_000

/**
 * Each loop runs once a minute of the manual clock, as its job does. A loop that detects the damage detects it in its
 * first round.
 */
const AT_REST = { watchMs: MINUTE, sweepMs: MINUTE, leaseMs: 3 * MINUTE }

const bed = await createTestBed()
const dataSource = await bed.open()

/** Where the damage is reported: in health and log, to readers of that table, or, for a good reason, nowhere. */
type Seen = 'health' | 'status' | 'ledger' | 'log' | 'nowhere'

interface Corruption {
  readonly what: string
  readonly seen: Seen
  /** Whether the job `bad` stops (default: it goes on). */
  readonly stopsBad?: true
  /** Runs in the schema of the test, whose tables have lost every constraint. */
  readonly sql: string
}

const ROW = `job = 'bad' AND state = 'succeeded'`
const RUNNING = `
  INSERT INTO under_way (id, scheduler, job, state, trigger, attempt, fence, owner, started_at, lease_until)
  VALUES (gen_random_uuid(), 'scheduler', 'bad', 'running', `
/** One provider's calls as they are stored with a run. */
const CALLS = `jsonb_build_object('provider', 'yahoo', 'calls', 1, 'answered', 1, 'succeeded', 1, 'failed', 0,
  'rate_limited', 0, 'served_as_fallback', 0, 'answered_ms', 5, 'answered_ms_max', 5, 'answered_ms_histogram', '0')`

const CORRUPTIONS: readonly Corruption[] = [
  {
    what: 'a cursor in the year 9999',
    seen: 'health',
    stopsBad: true,
    sql: `UPDATE job SET cursor_at = '9999-12-31' WHERE job = 'bad'`,
  },
  {
    what: 'a cursor at infinity',
    seen: 'health',
    stopsBad: true,
    sql: `UPDATE job SET cursor_at = 'infinity' WHERE job = 'bad'`,
  },
  { what: 'no cursor', seen: 'health', stopsBad: true, sql: `UPDATE job SET cursor_at = NULL WHERE job = 'bad'` },
  {
    what: 'a job name against the rule',
    seen: 'nowhere',
    sql: `INSERT INTO job (scheduler, job, cursor_at, since_at) VALUES ('scheduler', '__proto__ Ünï', now(), now())`,
  },
  {
    what: 'a running run by an unknown trigger',
    seen: 'health',
    stopsBad: true,
    sql: `${RUNNING} 'whim', 1, 1, 'x', '2025-09-16', '2025-09-16')`,
  },
  {
    what: 'a running run without a fence',
    seen: 'health',
    stopsBad: true,
    sql: `${RUNNING} 'manual', 1, NULL, 'x', '2025-09-16', '2025-09-16')`,
  },
  {
    what: 'a running run without an owner',
    seen: 'health',
    stopsBad: true,
    sql: `${RUNNING} 'manual', 1, 1, NULL, '2025-09-16', '2025-09-16')`,
  },
  {
    what: 'a running run that began at infinity',
    seen: 'health',
    stopsBad: true,
    sql: `${RUNNING} 'manual', 1, 1, 'x', 'infinity', '2025-09-16')`,
  },
  {
    what: 'a running run with a fence beyond 2^53',
    seen: 'health',
    stopsBad: true,
    sql: `${RUNNING} 'manual', 1, 9223372036854775807, 'x', '2025-09-16', '2025-09-16')`,
  },
  { what: 'an unknown state', seen: 'ledger', sql: `UPDATE settled SET state = 'confused' WHERE ${ROW}` },
  { what: 'an unknown trigger', seen: 'ledger', sql: `UPDATE settled SET trigger = 'whim' WHERE ${ROW}` },
  { what: 'an unknown kind', seen: 'ledger', sql: `UPDATE settled SET kind = 'other' WHERE ${ROW}` },
  { what: 'a run without a beginning', seen: 'ledger', sql: `UPDATE settled SET started_at = NULL WHERE ${ROW}` },
  { what: 'a negative count of items', seen: 'ledger', sql: `UPDATE settled SET items_failed = -3 WHERE ${ROW}` },
  {
    what: 'a count of items beyond 2^53',
    seen: 'ledger',
    sql: `UPDATE settled SET items_processed = 9007199254740993 WHERE ${ROW}`,
  },
  {
    what: 'a progress that is not a number',
    seen: 'ledger',
    sql: `UPDATE settled SET progress_done = 'NaN', progress_total = 1, progress_at = now() WHERE ${ROW}`,
  },
  {
    what: 'a run under way in an unknown state',
    seen: 'ledger',
    sql: `${RUNNING} 'manual', 1, 1, 'x', '2025-09-16', '2025-09-16'); UPDATE under_way SET state = 'confused'`,
  },
  {
    what: 'calls that are no list',
    seen: 'ledger',
    sql: `UPDATE settled SET calls = ${CALLS} WHERE ${ROW}`,
  },
  { what: 'calls that are null', seen: 'ledger', sql: `UPDATE settled SET calls = 'null' WHERE ${ROW}` },
  { what: 'calls that are numbers', seen: 'ledger', sql: `UPDATE settled SET calls = '[1, 2]' WHERE ${ROW}` },
  { what: 'calls of no provider', seen: 'ledger', sql: damagedCalls(`- 'provider'`) },
  { what: 'a missing count of calls with a run', seen: 'ledger', sql: damagedCalls(`- 'answered'`) },
  { what: 'a negative count of calls with a run', seen: 'ledger', sql: damagedCalls(`|| '{"calls": -1}'`) },
  {
    what: 'a count of calls beyond 2^53 with a run',
    seen: 'ledger',
    sql: damagedCalls(`|| '{"calls": 9007199254740993}'`),
  },
  { what: 'a count of calls that is a list', seen: 'ledger', sql: damagedCalls(`|| '{"calls": [1]}'`) },
  {
    what: 'a histogram of calls that is none',
    seen: 'ledger',
    sql: damagedCalls(`|| '{"answered_ms_histogram": "-5"}'`),
  },
  { what: 'a past attempt that is a number', seen: 'ledger', sql: damagedAttempts('[5]') },
  { what: 'a past attempt of an unknown outcome', seen: 'ledger', sql: damagedAttempts(`[{"outcome": "x"}]`) },
  { what: 'a past attempt without a number', seen: 'ledger', sql: damagedAttempts(`[{"outcome": "failed"}]`) },
  { what: 'causes that are no list', seen: 'ledger', sql: damagedError(`{"causes": 5}`) },
  { what: 'a cause that is a number', seen: 'ledger', sql: damagedError(`{"causes": [5]}`) },
  { what: 'a cause of an unknown kind', seen: 'ledger', sql: damagedError(`{"causes": [{"kind": "x"}]}`) },
  { what: 'a cause without a depth', seen: 'ledger', sql: damagedError(`{"causes": [{"kind": "cause"}]}`) },
  { what: 'a stack that is a number', seen: 'ledger', sql: damagedError(`{"stack": 5}`) },
  { what: 'an HTTP status that is a text', seen: 'ledger', sql: damagedError(`{"httpStatus": "500"}`) },
  { what: 'a negative total', seen: 'status', sql: `UPDATE run_tally SET succeeded = -7 WHERE job = 'bad'` },
  {
    what: 'a total beyond 2^53',
    seen: 'status',
    sql: `UPDATE run_tally SET duration_ms = 9007199254740993 WHERE job = 'bad'`,
  },
  {
    what: 'a total as great as its column',
    seen: 'status',
    sql: `UPDATE run_tally SET succeeded = 9223372036854775807 WHERE job = 'bad'`,
  },
  {
    what: 'a negative total that is not folded yet',
    seen: 'status',
    sql: delta('succeeded', '-7'),
  },
  {
    what: 'a total that is not folded yet, as great as its column',
    seen: 'status',
    sql: delta('succeeded', '9223372036854775807'),
  },
  {
    what: 'a histogram that is not folded yet and not a number',
    seen: 'status',
    sql: delta('duration_ms_histogram', `'NaN'`),
  },
  {
    what: 'a last run at infinity that is not folded yet',
    seen: 'status',
    sql: delta('last_run_at', `'infinity'`),
  },
  {
    what: 'a negative count of calls that is not folded yet',
    seen: 'status',
    sql: `INSERT INTO call_tally_delta (scheduler, bucket_start, provider, calls, answered, succeeded, failed, rate_limited,
      served_as_fallback, answered_ms) VALUES ('scheduler', to_timestamp(0), 'yahoo', -1, 0, 0, 0, 0, 0, 0)`,
  },
  {
    what: 'a histogram that is not a number',
    seen: 'status',
    sql: `UPDATE run_tally SET duration_ms_histogram = 'NaN' WHERE job = 'bad'`,
  },
  { what: 'a missing total', seen: 'status', sql: `UPDATE run_tally SET failed = NULL WHERE job = 'bad'` },
  {
    what: 'a negative count of consecutive failures, which the next success repairs',
    seen: 'nowhere',
    sql: `UPDATE job_stat SET consecutive_failures = -1 WHERE job = 'bad'`,
  },
  {
    what: 'a last run at infinity',
    seen: 'status',
    sql: `UPDATE job_stat SET last_run_at = 'infinity' WHERE job = 'bad'`,
  },
  {
    what: 'a negative count of calls',
    seen: 'status',
    sql: `INSERT INTO call_tally SELECT 'scheduler', 'lifetime', to_timestamp(0), 'yahoo', NULL, -1, 0, 0, 0, 0, 0, 0`,
  },
  {
    what: 'configuration that is no object',
    seen: 'health',
    sql: `UPDATE scheduler SET config = '[1]', version = version + 1`,
  },
  {
    what: 'an override of the wrong kind',
    seen: 'health',
    sql: `UPDATE scheduler SET config = '{"jobs": {"bad": {"timeoutMs": "soon"}}}', version = version + 1`,
  },
  {
    what: 'a pause of a job that is no pause',
    seen: 'health',
    sql: `UPDATE scheduler SET paused_jobs = '{"bad": 5}', version = version + 1`,
  },
  {
    what: 'pauses that are no object',
    seen: 'health',
    sql: `UPDATE scheduler SET paused_jobs = 'null', version = version + 1`,
  },
  {
    what: 'an unknown command in the log',
    seen: 'log',
    sql: `INSERT INTO control_log (scheduler, logged_at, kind, by, version) VALUES ('scheduler', now(), 'dance', 'x', 99)`,
  },
  {
    what: 'a command at infinity in the log',
    seen: 'log',
    sql: `INSERT INTO control_log (scheduler, logged_at, kind, by, version) VALUES ('scheduler', 'infinity', 'start', 'x', 99)`,
  },
]

function delta(column: string, value: string): string {
  const zeros = Object.fromEntries(['consecutive_failures', ...RUN_COUNTERS].map((counter) => [counter, '0']))
  const cells = { scheduler: `'scheduler'`, bucket_start: `'2025-09-16'`, job: `'bad'`, ...zeros, [column]: value }
  return `INSERT INTO run_tally_delta (${Object.keys(cells).join()}) VALUES (${Object.values(cells).join()})`
}

function damagedCalls(damage: string): string {
  return `UPDATE settled SET calls = jsonb_build_array(${CALLS} ${damage}) WHERE ${ROW}`
}

it.each(CORRUPTIONS)('reports $what, and everything else goes on', async ({ sql, seen, stopsBad }) => {
  const { schema, sessions, store } = await openStore(dataSource)
  const logged = new Set<string>()
  const manual = await createManualScheduler<EntityManager>({
    sessions,
    store,
    logger: loggerInto(logged),
    ...AT_REST,
    jobs: ['bad', 'good'].map((name) => ({
      name,
      schedule: every({ minutes: 1 }),
      overlapPolicy: 'allow',
      handler: () => {},
    })),
  })
  const runsOf = async (job: string) => {
    const { items } = await manual.scheduler.listRuns({ job, states: ['succeeded'] })
    return items.length
  }
  try {
    await manual.advance(2 * MINUTE)
    await manual.scheduler.snapshot({ maxAgeMs: 0 })
    await withoutConstraints(schema, sql)
    const [good, bad] = [await runsOf('good'), await runsOf('bad')]
    await manual.advance(3 * MINUTE)

    expect(await runsOf('good')).toBe(good + 3)
    if (!stopsBad) expect(await runsOf('bad')).toBe(bad + 3)
    expect(manual.scheduler.state).toBe('running')
    const reports = await reportsOf(manual.scheduler, logged)
    expect(reports[seen] ?? 'STORE_CORRUPT').toMatch(/CORRUPT/)
    // All other reads of the store report nothing.
    for (const [place, report] of Object.entries(reports))
      if (place !== seen && !stopsBad) expect([place, report]).toEqual([place, ''])
  } finally {
    await manual.close()
  }
})

it('folds deltas that a hand has made as great as their columns, and reads them as corrupt until a hand mends them', async () => {
  const { schema, sessions, store } = await openStore(dataSource)
  const unit = <T>(work: (session: EntityManager) => Promise<T>) => sessions.withSession(work)
  const [scheduler, asOf] = ['scheduler', Date.UTC(2025, 8, 16, 2)]
  const prune = () =>
    unit((session) => {
      return store.prune(session, {
        scheduler,
        now: asOf,
        before: 0,
        keepBucketsAfter: 0,
        keepReceiptsAfter: 0,
        limit: 1,
      })
    })
  const read = () => unit((session) => store.readMeasures(session, { scheduler, asOf, windowsMs: {} }))
  await unit((session) => store.register(session, { scheduler, now: asOf, jobs: [{ job: 'bad', cursor: asOf }] }))
  const most = delta('succeeded', '9223372036854775807').replace('INTO ', `INTO ${schema}.`)
  await dataSource.query(`${most}; ${most}`)
  await expect(read()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await prune()
  await dataSource.query(most)
  await prune()
  expect(await dataSource.query(`SELECT * FROM ${schema}.run_tally_delta`)).toEqual([])
  await expect(read()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await dataSource.query(`UPDATE ${schema}.run_tally SET succeeded = 5`)
  expect((await read()).jobs).toMatchObject([{ lifetime: { succeeded: 5 } }])
})

type Reader = Awaited<ReturnType<typeof createManualScheduler>>['scheduler']

/** What each reader reports of the damage; an empty text when it reports nothing. */
async function reportsOf(scheduler: Reader, logged: ReadonlySet<string>): Promise<Partial<Record<Seen, string>>> {
  const codeOf = (error: unknown) => (isSchedulerError(error) ? error.code : String(error))
  const { stale, snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const ledger = await scheduler.listRuns().catch((error: unknown) => ({ unreadable: [error] }))
  const log = await scheduler.listLog().catch((error: unknown) => ({ unreadable: [error] }))
  const reasons = snapshot.scheduler.reasons.filter((reason) => reason.includes('CORRUPT'))
  return {
    health: stale ? [...logged].join() : reasons.join(),
    status: stale ? 'STORE_CORRUPT' : '',
    ledger: (ledger.unreadable ?? []).map(codeOf).join(),
    log: (log.unreadable ?? []).map(codeOf).join(),
  }
}

async function withoutConstraints(schema: string, sql: string): Promise<void> {
  await dataSource.transaction(async (session) => {
    await session.query(`SET LOCAL search_path = ${schema}`)
    await session.query(
      `DO $$ DECLARE c record; BEGIN
         FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint JOIN pg_class AS r ON r.oid = conrelid
                  WHERE connamespace = '${schema}'::regnamespace AND contype = 'c' AND NOT r.relispartition LOOP
           EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of, c.conname);
         END LOOP;
         FOR c IN SELECT attrelid::regclass AS of, attname AS conname FROM pg_attribute a JOIN pg_class r ON r.oid = attrelid
                  WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('r', 'p') AND NOT r.relispartition AND attnum > 0 AND a.attnotnull
                  AND a.attidentity = '' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = attrelid AND i.indisprimary AND attnum = ANY (i.indkey)) LOOP
           EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', c.of, c.conname);
         END LOOP;
       END $$`,
    )
    await session.query(sql)
  })
}

function loggerInto(codes: Set<string>): Logger {
  const note = (fields: object) => {
    if ('err' in fields && isSchedulerError(fields.err)) codes.add(fields.err.code)
  }
  return { debug() {}, info() {}, warn: note, error: note }
}

function damagedAttempts(past: string): string {
  return `UPDATE settled SET past_attempts = '${past}' WHERE ${ROW}`
}

function damagedError(more: string): string {
  return `UPDATE settled SET error_code = 'X', error_name = 'Error', error_message = 'x', error_more = '${more}' WHERE ${ROW}`
}
