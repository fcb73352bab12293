/**
 * How large each program may be, in bytes, gzipped. A program is what somebody would bundle; without its dependencies means
 * without the packages that are not ours.
 */
export interface Budget {
  /** What it is, in words. */
  readonly what: string
  readonly code: string
  readonly platform: 'browser' | 'node'
  /** Whether the packages of others that it brings count, too. */
  readonly withDependencies: boolean
  readonly limit: number
}

const CORE = '@pm/scheduler-core'
const CONTRACT = `${CORE}/contract/v2`

const HOST = `
export { createMemoryBackend, createScheduler, defineJob, every } from '${CORE}'
export { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '@pm/scheduler-express'`

const schema = (name: string, limit: number): Budget => ({
  what: `a page with the schema \`${name}\``,
  code: `export { ${name} } from '${CONTRACT}'`,
  platform: 'browser',
  withDependencies: true,
  limit,
})

export const BUDGETS: readonly Budget[] = [
  {
    what: 'a page with the client',
    code: `export { createStatusClient } from '${CORE}/client'`,
    platform: 'browser',
    withDependencies: true,
    limit: 4_000,
  },
  {
    what: 'the routers for Express, with all that they need of core',
    code: "export * from '@pm/scheduler-express'",
    platform: 'node',
    withDependencies: false,
    // 15 % more than the 67.6 KB that a host's bundle was said to have.
    limit: 77_700,
  },
  {
    what: 'a host on Express: a scheduler in memory and all routers',
    code: HOST,
    platform: 'node',
    withDependencies: false,
    limit: 190_000,
  },
  {
    what: 'a host on Express and PostgreSQL',
    code: `${HOST}\nexport * from '@pm/scheduler-typeorm'`,
    platform: 'node',
    withDependencies: false,
    limit: 226_000,
  },
  {
    what: 'a page with the whole contract of version 1',
    code: `export * from '${CORE}/contract/v1'`,
    platform: 'browser',
    withDependencies: true,
    limit: 29_500,
  },
  {
    what: 'a page with the whole contract of version 2',
    code: `export * from '${CONTRACT}'`,
    platform: 'browser',
    withDependencies: true,
    limit: 59_000,
  },
  // What one schema of the contract adds to a page; the smallest possible one of zod takes 25,000 of it.
  schema('health', 26_000),
  schema('problem', 30_000),
  schema('jobConfigBody', 33_000),
  schema('job', 49_000),
  schema('config', 49_500),
]

/** Everything that a browser may have to load for the pages. */
export const PAGES_LIMIT = 150_000
