import type { DataSource } from 'typeorm'

import { tableNames } from '../../../packages/scheduler-typeorm/src/sql/names.ts'
import { DAY_MS, dayOf, makePartition } from '../../../packages/scheduler-typeorm/src/sql/partitions.ts'

export interface OldDay {
  readonly schema: string
  readonly scheduler: string
  readonly daysAgo: number
  readonly runs: number
  /** Whether another scheduler has a run there too, so that the day cannot be dropped. */
  readonly shared: boolean
}

/** Writes a day of settled runs into a partition of its own. */
export async function fillOldDay(dataSource: DataSource, options: OldDay): Promise<void> {
  const { schema, scheduler, daysAgo, runs, shared } = options
  const names = tableNames(schema)
  const day = { ...dayOf(Date.now() - daysAgo * DAY_MS), source: null }
  for (const statement of makePartition(names, day)) await dataSource.query(statement)
  const insert = `
    INSERT INTO ${names.settled} (seq, id, scheduler, job, kind, state, trigger, scheduled_for, attempt, fence, owner,
      started_at, lease_until, settled_at, lateness_ms, duration_ms, items_processed, items_failed, items_skipped)
    SELECT n, gen_random_uuid(), $1, 'job-' || n % 100, 'run', 'succeeded', 'schedule', due, 1, 1, 'bench', due, due, due,
      12, 125, 8, 0, 0
    FROM (
      SELECT n, to_timestamp(($2::float8 + n * $3::float8) / 1000) AS due FROM generate_series(1, $4::int) n
    ) AS due_times`
  await dataSource.query(insert, [scheduler, day.start, (DAY_MS - 1) / (runs + 1), runs])
  if (shared) await dataSource.query(insert, ['another', day.start, 1, 1])
  await dataSource.query(`VACUUM ANALYZE ${names.settled}`)
}
