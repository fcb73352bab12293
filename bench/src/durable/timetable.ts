import type { DataSource } from 'typeorm'

import { type Build, loadModule } from '../lab/build.ts'
import { SCHEDULER } from './ledger.ts'

export interface TimetableOptions {
  readonly dataSource: DataSource
  readonly schema: string
  readonly jobs: number
  readonly everyMs: number
}

/** A whole scheduler on the public API, whose jobs do nothing. */
export interface Timetable {
  /** Of the runs that have settled since the last call. */
  takeLateness(): number[]
  close(): Promise<void>
}

export async function openTimetable(build: Build, options: TimetableOptions): Promise<Timetable> {
  const { dataSource, schema, jobs, everyMs } = options
  const { createScheduler, every } = await loadModule(build, 'core')
  const { createTypeormSessions, createTypeormStore, migrateScheduler } = await loadModule(build, 'typeorm')
  await migrateScheduler(dataSource, { schema })
  const scheduler = createScheduler({
    name: SCHEDULER,
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore({ schema }),
    jobs: Array.from({ length: jobs }, (_, job) => ({
      name: `job-${job}`,
      schedule: every({ milliseconds: everyMs }),
      handler: () => {},
    })),
    concurrency: Infinity,
  })
  let lateness: number[] = []
  scheduler.on('run-settled', ({ latenessMs }) => void lateness.push(latenessMs ?? Number.NaN))
  await scheduler.open()
  return {
    takeLateness() {
      const taken = lateness
      lateness = []
      return taken
    },
    close: async () => void (await scheduler.close()),
  }
}

/** Due times of a time that did not run, by the states of their entries. */
export async function unrunOf(
  dataSource: DataSource,
  { table, from, to }: { readonly table: string; readonly from: number; readonly to: number },
): Promise<Readonly<Record<string, number>>> {
  const rows: { state: string; due: number }[] = await dataSource.query(
    `SELECT state, sum(due_count)::float8 AS due FROM ${table}
     WHERE kind = 'unrun' AND through > to_timestamp($1::float8 / 1000) AND scheduled_for <= to_timestamp($2::float8 / 1000)
     GROUP BY state`,
    [from, to],
  )
  return Object.fromEntries(rows.map(({ state, due }) => [state, due]))
}

/** Where a build keeps what has settled. */
export async function settledTable(dataSource: DataSource, schema: string): Promise<string> {
  const [row] = await dataSource.query('SELECT to_regclass($1) IS NOT NULL AS split', [`${schema}.settled`])
  return row.split ? `${schema}.settled` : `${schema}.ledger`
}
