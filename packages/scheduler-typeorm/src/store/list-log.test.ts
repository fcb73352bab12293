import { randomRunId } from '@pm/scheduler-core/store'
import { beforeAll, expect, it } from 'vitest'

import { createTestBed, openStore } from '../../test/test-bed.ts'
import { tableNames } from '../sql/names.ts'
import { type LogFilter, selectLog } from '../sql/select-log.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const { schema } = await openStore(dataSource)
const names = tableNames(schema)

const RUN = randomRunId()

beforeAll(async () => {
  await dataSource.query(
    `INSERT INTO ${names.controlLog} (scheduler, logged_at, kind, by, job, run_id, version)
     SELECT 'mine', now(), 'run-job', 'ada', 'job-' || n % 100, CASE WHEN n = 17 THEN $1::uuid ELSE gen_random_uuid() END, n
     FROM generate_series(1, 20000) AS n`,
    [RUN],
  )
  await dataSource.query('VACUUM ANALYZE')
})

it.each<readonly [string, LogFilter, unknown, string]>([
  ['one run', 'runId', RUN, 'control_log_of_run'],
  ['a run that nobody asked for', 'runId', randomRunId(), 'control_log_of_run'],
  ['one job', 'job', 'job-5', 'control_log_of_job'],
  ['a job that nobody touched', 'job', 'nobody', 'control_log_of_job'],
])('finds the commands about %s by an index, in a log that is never pruned', async (_what, filter, value, index) => {
  const sql = `EXPLAIN ${selectLog(names, [filter])}`
  const rows: readonly { readonly 'QUERY PLAN': string }[] = await dataSource.query(sql, ['mine', 51, value])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain(index)
  expect(plan).not.toContain('Sort')
})
