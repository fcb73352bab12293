import type { Dependency } from './versions.ts'

/** Where a project keeps what has run. */
export interface Database {
  readonly title: string
  /** The folder of `templates` that it takes. */
  readonly template: string
  readonly dependencies: readonly Dependency[]
  /** Its lines in `.env`; `{{schedulerName}}` stands for the name of the scheduler. */
  readonly environment: string
  /** What the README of the project says of it. */
  readonly readme: string
}

export const DATABASES = {
  memory: {
    title: 'memory: nothing to install, and every start begins anew',
    template: 'memory',
    dependencies: [],
    environment: '',
    readme:
      'Runs are kept in the memory of the process: after a restart the numbers begin anew, and a second process would run every due time again. Before either matters, keep them in PostgreSQL: `@pm/scheduler-typeorm` in `src/open-scheduler.ts`.',
  },
  postgresql: {
    title: 'PostgreSQL: survives restarts, and several processes share the work',
    template: 'postgresql',
    dependencies: ['@pm/scheduler-typeorm', 'pg', 'typeorm'],
    environment: [
      '# The database: it has to exist. The tables of the scheduler are made in a schema of their own.',
      'DATABASE_URL=postgres://postgres:postgres@127.0.0.1:5432/{{schedulerName}}',
      '',
    ].join('\n'),
    readme:
      'Runs are kept in the PostgreSQL of `DATABASE_URL`, in the schema `pm_scheduler`, which is made at the first start. Any number of processes may share it: each due time runs once. Let `.env` name a database that exists before you start.',
  },
} as const satisfies Readonly<Record<string, Database>>

export type DatabaseName = keyof typeof DATABASES

export const DATABASE_NAMES = Object.keys(DATABASES) as readonly DatabaseName[]
