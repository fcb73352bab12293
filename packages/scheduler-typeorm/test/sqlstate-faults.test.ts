import { setTimeout as sleep } from 'node:timers/promises'

import { createScheduler, every } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { createTypeormSessions } from '../src/index.ts'
import { closeAndAccount, runsGoOn, within } from './live-scheduler.ts'
import { createTestBed, openStore, poolOf } from './test-bed.ts'

const PERIOD_MS = 250
/** How long a fault goes on once it was met: a few of every loop's rounds. */
const LASTS_MS = 1_500
/** What is written while a scheduler is at work, but for the totals, which are written beside the ledger. */
const TABLES = ['under_way', 'settled', 'job', 'instance']

const bed = await createTestBed()
const dataSource = await bed.open({ poolSize: 5 })
const admin = await bed.open({ poolSize: 2 })
const on = await openStore(admin)

/** What every write meets, by its SQLSTATE: raised, or come by in earnest where one session can do that. */
const FAULTS: readonly (readonly [state: string, what: string, meet: string])[] = [
  ['40001', 'serialization failure', raise('40001')],
  ['40P01', 'deadlock', raise('40P01')],
  ['53300', 'too many connections', raise('53300')],
  ['53100', 'disk full', raise('53100')],
  ['53200', 'out of memory', raise('53200')],
  ['57P03', 'cannot connect now', raise('57P03')],
  ['08006', 'connection failure', raise('08006')],
  ['58030', 'input and output error', raise('58030')],
  ['XX000', 'internal error', raise('XX000')],
  ['55P03', 'lock not available', `PERFORM pg_advisory_xact_lock(${lockKey()})`],
  ['57014', 'statement time-out', 'PERFORM pg_sleep(60)'],
  ['25006', 'read-only', `SET LOCAL transaction_read_only = on; PERFORM nextval('faults')`],
  ['57P01', 'terminated by an administrator', 'PERFORM pg_terminate_backend(pg_backend_pid())'],
]

it('says error within 2 s of each SQLSTATE and until its end, is back within 5 s of that, and runs nothing twice', async () => {
  await admin.query('CREATE SEQUENCE faults')
  const holder = admin.createQueryRunner()
  await holder.query(`SELECT pg_advisory_lock(${lockKey()})`)
  const met: string[] = []
  const started: number[] = []
  const scheduler = createScheduler<EntityManager>({
    name: 'sqlstates',
    store: on.store,
    sessions: createTypeormSessions(dataSource, { answerTimeoutMs: 1_500 }),
    jobs: [
      {
        name: 'poll',
        schedule: every({ milliseconds: PERIOD_MS }),
        handler: ({ scheduledFor }) => void started.push(scheduledFor ?? Number.NaN),
      },
    ],
    logger: { debug() {}, info() {}, error() {}, warn: (fields) => void met.push(stateOf(fields)) },
  })
  await scheduler.open()
  const states: string[] = []
  scheduler.on('state-changed', ({ to }) => states.push(to))
  for (const [state, , meet] of FAULTS) {
    await runsGoOn(scheduler)
    met.length = 0
    states.length = 0
    await inject(meet)
    await within(2_000, () => scheduler.state === 'error')
    await within(2_000, () => met.includes(state))
    await sleep(LASTS_MS)
    expect(states).toEqual(['error'])
    await lift()
    await within(5_000, () => scheduler.state === 'running')
  }
  await runsGoOn(scheduler)
  await closeAndAccount(scheduler, { ...on, started, periodMs: PERIOD_MS })
  await holder.release()
  expect(poolOf(dataSource).busy).toBe(0)
}, 240_000)

async function inject(meet: string): Promise<void> {
  await admin.query(
    `CREATE OR REPLACE FUNCTION ${on.schema}.fault() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN ${meet}; RETURN NEW; END $$`,
  )
  for (const table of TABLES) {
    await admin.query(
      `CREATE TRIGGER fault BEFORE INSERT OR UPDATE ON ${on.schema}.${table}
       FOR EACH STATEMENT EXECUTE FUNCTION ${on.schema}.fault()`,
    )
  }
}

async function lift(): Promise<void> {
  for (const table of TABLES) await admin.query(`DROP TRIGGER fault ON ${on.schema}.${table}`)
}

function raise(state: string): string {
  return `RAISE EXCEPTION 'injected' USING ERRCODE = '${state}'`
}

function lockKey(): number {
  return 4_711
}

/** The SQLSTATE at the bottom of a logged error. */
function stateOf(fields: object): string {
  let error: unknown = 'err' in fields ? fields.err : undefined
  while (error instanceof Error && error.cause !== undefined) error = error.cause
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
