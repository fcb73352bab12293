import { type LedgerEntry, systemClock } from '@pm/scheduler-core'
import {
  type ClaimedRun,
  type NewRun,
  NO_ITEMS,
  type PruneInput,
  type RunTally,
  randomInstanceId,
  randomRunId,
  type SettleResult,
} from '@pm/scheduler-core/store'
import type { DataSource, EntityManager } from 'typeorm'
import { makePartitions } from '../src/migrations/partitions.ts'
import { createTypeormSessions } from '../src/sessions/create-typeorm-sessions.ts'
import { tableNames } from '../src/sql/names.ts'
import { DAY_MS } from '../src/sql/partitions.ts'
import { openStore } from './test-bed.ts'

export const NOW = systemClock.now()

const owner = randomInstanceId()
const OWN = { unit: 'partitions', isOwn: true } as const

export type PartitionLab = Awaited<ReturnType<typeof createPartitionLab>>

/** A store whose table `settled` a hand, another role or a strange clock works on. `poll` is the only job. */
export async function createPartitionLab(dataSource: DataSource) {
  const opened = await openStore(dataSource)
  const names = tableNames(opened.schema)
  const lab = { ...opened, names, ...actsOn(dataSource), through: actsOn }
  await lab.register()
  return {
    ...lab,
    /** Makes the partitions around an instant that is over. */
    makeAround: (instant: number) => dataSource.transaction((session) => makePartitions(session, names, instant)),
    rowsIn: async (table: string): Promise<number> => {
      const [{ count }] = await dataSource.query(`SELECT count(*)::int FROM ${names.quotedSchema}.${table}`)
      return count
    },
    /** The partitions but the default one. */
    days: async (): Promise<readonly string[]> => {
      const rows: { readonly name: string }[] = await dataSource.query(
        `SELECT c.relname::text AS name FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE i.inhparent = '${names.settled}'::regclass AND c.oid <> to_regclass('${names.settledDefault}') ORDER BY 1`,
      )
      return rows.map(({ name }) => name)
    },
    /** Detaches every partition; answers how to attach them again. */
    async detachAll(): Promise<() => Promise<void>> {
      const rows: { readonly name: string; readonly bound: string }[] = await dataSource.query(
        `SELECT i.inhrelid::regclass::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
         FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = '${names.settled}'::regclass`,
      )
      const each = (write: (row: (typeof rows)[number]) => string) =>
        dataSource.query(rows.map((row) => `ALTER TABLE ${names.settled} ${write(row)}`).join('; '))
      await each(({ name }) => `DETACH PARTITION ${name}`)
      return async () => void (await each(({ name, bound }) => `ATTACH PARTITION ${name} ${bound}`))
    },
  }

  function actsOn(on: DataSource) {
    const sessions = createTypeormSessions(on)
    const { store } = opened
    const unit = <T>(work: (session: EntityManager) => Promise<T>) => sessions.withSession(work, OWN)
    return {
      register: (now = NOW, scheduler = 'mine') =>
        unit((session) => store.register(session, { scheduler, now, jobs: [{ job: 'poll', cursor: 0 }] })),
      claim: (count: number, scheduler = 'mine'): Promise<readonly ClaimedRun[]> =>
        unit(async (session) => {
          const claims = Array.from({ length: count }, newRun)
          await store.lockJobs(session, { scheduler, jobs: ['poll'] })
          const changes = [{ job: 'poll', cursor: null, unrun: [], claims, cancel: [] }]
          return store.record(session, { scheduler, changes })
        }),
      settle: (runs: readonly ClaimedRun[], settledAt = NOW, scheduler = 'mine'): Promise<readonly SettleResult[]> =>
        unit((session) => {
          const settlements = runs.map(({ id, fence }) => ({ ...OUTCOME, runId: id, job: 'poll', fence, settledAt }))
          return store.settle(session, { scheduler, settlements, waitMs: 0 })
        }),
      prune: ({ now = NOW, keepMs = 3 * DAY_MS, limit = 1_000, scheduler = 'mine' } = {}): Promise<number> => {
        const before = now - keepMs
        const input: PruneInput = { scheduler, now, limit, before, keepBucketsAfter: before, keepReceiptsAfter: before }
        return unit((session) => store.prune(session, input))
      },
      entries: async (scheduler = 'mine'): Promise<readonly LedgerEntry[]> =>
        (await unit((session) => store.listEntries(session, { scheduler, limit: 10_000 }))).items,
      /** What is counted of the job: in all, and in the last two days. */
      counted: async (asOf = NOW, scheduler = 'mine'): Promise<readonly (RunTally | undefined)[]> => {
        const query = { scheduler, asOf, windowsMs: { recent: 2 * DAY_MS } }
        const [job] = (await unit((session) => store.readMeasures(session, query))).jobs
        return [job?.lifetime, job?.windows['recent']]
      },
    }
  }
}

function newRun(): NewRun {
  const lease = { owner, startedAt: NOW - 1_000, leaseUntil: NOW + 60_000 }
  return {
    id: randomRunId(),
    job: 'poll',
    trigger: 'manual',
    scheduledFor: null,
    attempt: 1,
    latenessMs: null,
    ...lease,
  }
}

const OUTCOME = {
  state: 'succeeded',
  attempt: 1,
  durationMs: 1_000,
  items: NO_ITEMS,
  calls: [],
  progress: null,
  error: null,
} as const
