import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

import { root } from '../project.ts'
import { blocksOf, problemsOf } from './problems-of.ts'

/** Checking types takes some seconds on an idle machine. */
const SLOW = 120_000

/** What the host of each block has, in the order of the blocks of each README. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'create-scheduler': [],
  'scheduler-core': [
    `declare function fetchQuotes(options: { readonly signal: AbortSignal }): Promise<readonly string[]>
     declare function sendReport(): Promise<void>`,
    `declare const scheduler: import('@pm/scheduler-core').Scheduler
     declare const server: import('node:http').Server
     declare const dataSource: { destroy(): Promise<void> }`,
    `declare const book: ReadonlyMap<string, number>
     declare const jobs: readonly import('@pm/scheduler-core').Job[]`,
    `import type { MemorySession } from '@pm/scheduler-core'
     declare const readSensors: FeedsSource<MemorySession>['read']
     declare function isNight(at: number): boolean`,
  ],
  'scheduler-bullmq': [
    `declare const jobs: readonly import('@pm/scheduler-core').Job[]
     declare const sessions: import('@pm/scheduler-core').SessionProvider<import('@pm/scheduler-core').MemorySession>
     declare const store: import('@pm/scheduler-core').MemoryBackend['store']`,
  ],
  'scheduler-express': [
    `declare const app: import('express').Express
     declare const scheduler: import('@pm/scheduler-core').Scheduler
     declare const authorize: import('@pm/scheduler-express').Authorize<import('express').Request>`,
    'declare function userOf(request: Request): { readonly name: string; readonly isAdmin: boolean } | null',
  ],
  'scheduler-dashboard': [
    `declare const app: import('express').Express
     declare const scheduler: import('@pm/scheduler-core').Scheduler
     declare const authorize: import('@pm/scheduler-core/http').Authorize<import('express').Request>`,
    `declare const app: { all(path: string, answer: (context: { request: Request }) => Promise<Response>): void }
     declare const scheduler: import('@pm/scheduler-core').Scheduler
     declare const decide: import('@pm/scheduler-core/http').Authorize<Request>`,
  ],
  'scheduler-market-data': [
    `declare const backend: import('@pm/scheduler-core').MemoryBackend
     declare function readSymbols(session: unknown): Promise<readonly string[]>
     declare function upsertQuotes(session: unknown, quotes: readonly unknown[]): Promise<void>`,
    `interface Manager { query(sql: string, values?: unknown[]): Promise<readonly Record<string, unknown>[]> }
     declare const queryRunner: Manager
     declare const sessions: import('@pm/scheduler-core').SessionProvider<Manager>
     declare const apiKey: string`,
    `declare const at: number, from: number, to: number
     declare const options: import('@pm/scheduler-market-data').PollJobOptions<unknown>`,
    `declare const calendar: import('@pm/scheduler-market-data').TradingCalendar
     declare const eventAt: number, changedAt: number, asOf: number, since: number, windowMs: number
     declare const arrivals: Parameters<typeof measureAttainment>[0]['arrivals']`,
    `interface Manager { query(sql: string, values?: unknown[]): Promise<readonly Record<string, unknown>[]> }
     declare const queryRunner: Manager
     declare const options: import('@pm/scheduler-market-data').PollJobOptions<Manager>
     declare const dueBy: import('@pm/scheduler-market-data').DueBy
     declare const symbols: readonly string[]
     declare const ruleOf: import('@pm/scheduler-market-data').FeedsOptions<Manager>['ruleOf']`,
  ],
  'scheduler-pg-boss': [
    `declare const url: string
     declare const jobs: readonly import('@pm/scheduler-core').Job<import('@pm/scheduler-pg-boss').QuerySession>[]
     declare const sessions: import('@pm/scheduler-core').SessionProvider<import('@pm/scheduler-pg-boss').QuerySession>
     declare const store: import('@pm/scheduler-core/store').Store<import('@pm/scheduler-pg-boss').QuerySession>`,
  ],
  'scheduler-testing': [''],
  'scheduler-typeorm': [
    `declare const dataSource: import('typeorm').DataSource
     declare const jobs: readonly import('@pm/scheduler-core').Job<import('typeorm').EntityManager>[]`,
    `declare class Position { readonly id: string }
     declare function recalculate(session: EntityManager): Promise<Position>`,
  ],
}

it('every published package with a README has its hosts here, one for each block', () => {
  const blocks = readdirSync(new URL('packages/', root)).map((name) => [name, blocksOf(`packages/${name}/README.md`)])
  const counts = Object.fromEntries(blocks.map(([name, { length }]) => [name, length]))
  expect(counts).toEqual(Object.fromEntries(Object.entries(HOSTS).map(([name, { length }]) => [name, length])))
})

it(
  'every block compiles on its host, with no name that nobody has declared',
  () => {
    const programs = Object.entries(HOSTS).flatMap(([name, hosts]) =>
      blocksOf(`packages/${name}/README.md`).map((block, index) => [
        `${name}/test/block-${index + 1}`,
        `${block}\n${hosts[index]}\nexport {}\n`,
      ]),
    )
    const undeclared = { 'scheduler-core/test/undeclared': 'missing()\n' }
    expect(
      problemsOf(fileURLToPath(new URL('packages/', root)), { ...Object.fromEntries(programs), ...undeclared }),
    ).toEqual(["scheduler-core/test/undeclared.ts: Cannot find name 'missing'."])
  },
  SLOW,
)
