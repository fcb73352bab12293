import type { SessionProvider } from '@pm/scheduler-core'
import type { RunLease, RunRelease, Settlement, Store } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import {
  CHANGES,
  COMMANDS,
  change,
  DEFINED,
  ELSEWHERE,
  GOING,
  GONE,
  KEEP_ALL,
  LEFT_OPEN,
  LOAD,
  MANUAL,
  MINUTE,
  NOTHING_DEFINED,
  owner,
  PROGRESS,
  RECEIPT,
  RENAMED,
  SETTLEMENTS,
  scheduler,
  T0,
  TAKEN,
  WINDOWS,
} from './story.ts'

export interface Teller {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
}

/**
 * What a scheduler does to a store in its life, once of each kind, and what it is answered: the same in every schema. All
 * columns of all tables get a value, and numbers take as many digits as they may.
 */
export async function tellStory({ sessions, store }: Teller) {
  const unit = <T>(work: (session: EntityManager) => Promise<T>) => sessions.withSession(work, { unit: 'story' })
  const renew = (leases: readonly RunLease[], now: number) =>
    unit((s) => store.renew(s, { scheduler, owner, leases, leaseUntil: now + MINUTE, now, load: LOAD }))
  const settle = (settlements: readonly Settlement[]) => unit((s) => store.settle(s, { scheduler, settlements }))

  const jobs = ['poll', 'sync', 'idle'].map((job) => ({ job, cursor: T0 }))
  await unit((s) => store.register(s, { scheduler, now: T0, jobs }))
  await unit((s) => store.register(s, { scheduler, now: T0, jobs: [RENAMED] }))
  const defined = []
  for (const change of DEFINED) {
    defined.push(
      await unit(async (s) => {
        await store.lockJobs(s, { scheduler, jobs: [], forCommand: true })
        return store.define(s, { ...NOTHING_DEFINED, ...change })
      }),
    )
  }
  const commanded = []
  for (const command of COMMANDS) {
    commanded.push(await unit((s) => store.applyCommand(s, { scheduler, command, now: T0 + 1_001 })))
  }
  const decided = await unit(async (s) => {
    const locked = await store.lockJobs(s, { scheduler, jobs: ['sync', 'poll'], forCommand: true, receipt: RECEIPT.id })
    return { locked, claimed: await store.record(s, { scheduler, changes: CHANGES, receipt: RECEIPT }) }
  })
  const leases = decided.claimed.map(({ id, fence, attempt }) => {
    return {
      runId: id,
      fence,
      attempt: attempt + 1,
      progress: { ...PROGRESS, at: T0 + 4_321 },
      nextAttemptAt: null,
      error: null,
    }
  })
  const renewed = [await renew(leases, T0 + 5 * MINUTE)]
  const cancel = [GOING.id]
  await unit((s) => store.record(s, { scheduler, changes: [{ ...change('poll'), cancel }] }))
  renewed.push(
    await renew(
      leases.map((lease, index) => (index === 0 ? { ...lease, fence: 7 } : lease)),
      T0 + 6 * MINUTE,
    ),
  )
  const release = (releases: readonly RunRelease[]) => {
    return unit((s) => store.release(s, { scheduler, now: T0 + 7 * MINUTE, releases, waitMs: 0 }))
  }
  const handedOver = await unit((s) => {
    const times = { now: T0 + 9 * MINUTE, leaseUntil: T0 + 99 * MINUTE }
    return store.handOverAgain(s, { scheduler, jobs: ['sync'], ...times, limit: 3 })
  })
  const takenOver = await unit((s) => {
    const taking = { owner, now: T0 + 9 * MINUTE + 77, leaseUntil: T0 + 10 * MINUTE }
    return store.takeOver(s, {
      scheduler,
      ids: [MANUAL, ...TAKEN, ELSEWHERE].map(({ id }) => id),
      jobs: ['sync'],
      ...taking,
    })
  })
  const released = [await release([LEFT_OPEN]), await release([{ ...LEFT_OPEN, fence: 7 }])]
  // What is counted of the first outcomes goes into the totals, and what is counted of the others stays beside them.
  const settled = [await settle(SETTLEMENTS.slice(0, 3))]
  const pruned = await unit((s) => store.prune(s, { scheduler, now: T0 + 60 * MINUTE, limit: 10, ...KEEP_ALL }))
  settled.push(await settle(SETTLEMENTS), await settle(SETTLEMENTS))
  settled.push(await settle(SETTLEMENTS.map((each) => ({ ...each, progress: { ...PROGRESS, done: 0.3, at: T0 } }))))
  await unit((s) => store.record(s, { scheduler, changes: [{ ...change('sync'), cursor: T0, isReturn: true }] }))
  return {
    ...{ commanded, defined, decided, handedOver, takenOver, released, settled, pruned },
    /** The store's own clock tells more than the story: only that it is one. */
    renewed: renewed.map(({ storeTime, ...answer }) => ({ ...answer, hasTime: isNow(storeTime) })),
    again: await unit((s) => {
      return store.lockJobs(s, { scheduler, jobs: ['poll'], forCommand: true, receipt: RECEIPT.id })
    }),
    expired: await unit((s) => store.lockExpired(s, { scheduler, jobs: ['poll'], now: T0 + 60 * MINUTE, limit: 10 })),
    open: await unit((s) => {
      const now = T0 + 60 * MINUTE
      return store.lockReleased(s, { scheduler, now, aheadFrom: now, startable: ['sync'], limit: 10 })
    }),
    read: await readEverything({ sessions, store }),
  }
}

/** All that the store can be asked, with pages short enough to need their cursors. */
export async function readEverything({ sessions, store }: Teller) {
  const unit = <T>(work: (session: EntityManager) => Promise<T>) =>
    sessions.withSession(work, { unit: 'read', readOnly: true })
  const measures = (of: 'run' | 'call') => {
    const series = { of, after: T0 - 60 * MINUTE, stepMs: 5 * MINUTE, points: 40 }
    return unit((s) => store.readMeasures(s, { scheduler, asOf: T0 + 70 * MINUTE + 1_234, windowsMs: WINDOWS, series }))
  }
  return {
    control: await unit((s) => store.readControl(s, { scheduler })),
    renamed: await unit((s) => store.readRenamed(s, { scheduler })),
    instances: await unit((s) => store.readInstances(s, { scheduler })),
    definitions: await unit((s) => store.readDefinitions(s, { scheduler, endedFrom: 0 })),
    standings: await unit((s) => store.readStandings(s, { scheduler, instance: GONE, now: T0, holds: [] })),
    runs: await measures('run'),
    calls: await measures('call'),
    log: await allPages((page) => unit((s) => store.listLog(s, { scheduler, ...page }))),
    entries: await allPages((page) => unit((s) => store.listEntries(s, { scheduler, ...page }))),
    some: await unit((s) => {
      return store.listEntries(s, { scheduler, limit: 9, job: 'poll', states: ['failed', 'skipped'], from: T0 })
    }),
  }
}

async function allPages<P extends { readonly nextCursor: string | null }>(
  read: (page: { limit: number; cursor?: string }) => Promise<P>,
): Promise<readonly P[]> {
  const pages = [await read({ limit: 2 })]
  for (let last = pages.at(-1); last?.nextCursor != null; last = pages.at(-1)) {
    pages.push(await read({ limit: 2, cursor: last.nextCursor }))
  }
  return pages
}

function isNow(storeTime: number | null): boolean {
  return storeTime !== null && Number.isInteger(storeTime) && Math.abs(storeTime - Date.now()) < 60 * MINUTE
}
